/** Numbers, dates and measures as the reader's language writes them: Western digits in both. */
import type { Language, Position } from '../model/story';
import { LOCALES } from './tags';

/** Every format of one language. Spaces within a measure do not break. */
export interface Formats {
	/** @param digits - digits after the separator, at most */
	readonly number: (value: number, digits?: number) => string;
	/** A length given in km: whole kilometres, and a tenth below 10 km. */
	readonly distance: (kilometres: number) => string;
	/** An area given in km²: whole square kilometres, and a tenth below 10 km². */
	readonly area: (squareKilometres: number) => string;
	/** Latitude and longitude in degrees, to a hundredth, with the hemisphere as a word or letter. */
	readonly position: (position: Position) => string;
	/** An ISO date or date-time as the day it is in GMT; a year stays a year: “Wednesday 13 August”, “2015”. */
	readonly date: (iso: string) => string;
	/** An ISO date-time as the day it is by a place's clock. */
	readonly dateIn: (iso: string, timeZone: string) => string;
	/** An ISO date-time by a place's clock, of 24 hours: “22:00”. */
	readonly timeIn: (iso: string, timeZone: string) => string;
	/** What a place's clock is ahead of GMT at an ISO date-time: “GMT+9”, “GMT−8”. */
	readonly offsetIn: (iso: string, timeZone: string) => string;
}

const NO_BREAK = '\u00a0';
const MINUS = '\u2212';
/** Keeps a sign on the left of its digits in Arabic text, as CLDR's numbers do. */
const LEFT_TO_RIGHT = '\u200e';

const UNITS = {
	ar: {
		distance: 'كم',
		area: 'كم²',
		north: 'شمالًا',
		south: 'جنوبًا',
		east: 'شرقًا',
		west: 'غربًا',
		comma: '، ',
		gmt: 'جرينتش'
	},
	en: {
		distance: 'km',
		area: 'km²',
		north: 'N',
		south: 'S',
		east: 'E',
		west: 'W',
		comma: ', ',
		gmt: 'GMT'
	}
} as const satisfies Record<Language, unknown>;

function createFormats(language: Language): Formats {
	const locale = LOCALES[language];
	const units = UNITS[language];
	const numbers = [0, 1, 2].map(
		(maximumFractionDigits) => new Intl.NumberFormat(locale, { maximumFractionDigits })
	);
	const number = (value: number, digits = 0) =>
		(numbers[digits] ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits })).format(
			value
		);
	const measure = (value: number, unit: string) =>
		`${number(value, value < 10 ? 1 : 0)}${NO_BREAK}${unit}`;
	const degrees = (value: number, positive: string, negative: string) =>
		`${number(Math.abs(value), 2)}°${NO_BREAK}${value < 0 ? negative : positive}`;
	const dateIn = (iso: string, timeZone: string) => {
		if (/^\d{4}$/.test(iso)) return iso;
		const parts = new Intl.DateTimeFormat(locale, {
			weekday: 'long',
			day: 'numeric',
			month: 'long',
			timeZone
		}).formatToParts(new Date(iso));
		const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
		// Without the comma that some locales put after the weekday.
		return [part('weekday'), part('day'), part('month')].join(' ');
	};
	return {
		number,
		distance: (kilometres) => measure(kilometres, units.distance),
		area: (squareKilometres) => measure(squareKilometres, units.area),
		position: ([lng, lat]) =>
			degrees(lat, units.north, units.south) +
			units.comma +
			degrees(((((lng + 180) % 360) + 360) % 360) - 180, units.east, units.west),
		date: (iso) => dateIn(iso, 'UTC'),
		dateIn,
		timeIn: (iso, timeZone) =>
			new Intl.DateTimeFormat(locale, {
				hour: '2-digit',
				minute: '2-digit',
				hourCycle: 'h23',
				timeZone
			}).format(new Date(iso)),
		offsetIn(iso, timeZone) {
			const offset =
				new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset', timeZone })
					.formatToParts(new Date(iso))
					.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
			const ahead = offset.replace(/^GMT/, '').replace('-', MINUS);
			if (!/[1-9]/.test(ahead)) return units.gmt;
			return language === 'ar'
				? `${units.gmt}${NO_BREAK}${LEFT_TO_RIGHT}${ahead}`
				: `${units.gmt}${ahead}`;
		}
	};
}

const known = new Map<Language, Formats>();

/** The formats of a language; made once. */
export function formatsOf(language: Language): Formats {
	const formats = known.get(language) ?? createFormats(language);
	known.set(language, formats);
	return formats;
}
