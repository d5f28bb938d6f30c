import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../src/lib/locale/formats';
import { LANGUAGES } from '../../src/lib/model/story';

const [ar, en] = [formatsOf('ar'), formatsOf('en')];

describe('formats', () => {
	it.each(LANGUAGES)('%s: writes Western digits alone', (language) => {
		const { number, distance, area, position, date, dateIn, timeIn, offsetIn } =
			formatsOf(language);
		const moment = '2025-08-13T13:00Z';
		const all = [
			number(1234567.891, 2),
			distance(6420.4),
			area(1495899),
			position([-149.9003, 61.2181]),
			date('2025-08-13'),
			dateIn(moment, 'Asia/Seoul'),
			timeIn(moment, 'Asia/Seoul'),
			offsetIn(moment, 'Asia/Seoul')
		].join(' ');
		expect(all).toMatch(/[0-9]/);
		expect(all).not.toMatch(/[\u0660-\u0669\u06F0-\u06F9]/);
	});

	it('writes measures with the separators of the language and a space that does not break', () => {
		expect(en.distance(6420.4)).toBe('6,420\u00a0km');
		expect(ar.distance(6420.4)).toBe('6,420\u00a0كم');
		expect(en.area(597211.6)).toBe('597,212\u00a0km²');
		expect(ar.area(597211.6)).toBe('597,212\u00a0كم²');
	});

	it('gives a tenth of what is under ten, and no decimals of what is over it', () => {
		expect(en.distance(0.34)).toBe('0.3\u00a0km');
		expect(en.distance(9.96)).toBe('10\u00a0km');
		expect(en.distance(12.7)).toBe('13\u00a0km');
		expect(en.number(2.5)).toBe('3');
		expect(en.number(2.345, 3)).toBe('2.345');
	});

	it('writes a position with its hemispheres, whatever the longitude is counted from', () => {
		expect(en.position([-149.9003, 61.2181])).toBe('61.22°\u00a0N, 149.9°\u00a0W');
		expect(ar.position([-149.9003, 61.2181])).toBe('61.22°\u00a0شمالًا، 149.9°\u00a0غربًا');
		expect(en.position([191, -5])).toBe('5°\u00a0S, 169°\u00a0W');
	});

	it('writes a day as the story does, and a year as a year', () => {
		expect(en.date('2025-08-13')).toBe('Wednesday 13 August');
		expect(ar.date('2025-08-13')).toBe('الأربعاء 13 أغسطس');
		expect(en.date('2025-08-13T23:30Z')).toBe('Wednesday 13 August');
		expect([en.date('2015'), ar.date('2015')]).toEqual(['2015', '2015']);
	});

	it.each([
		['America/Anchorage', '05:00', 'Wednesday 13 August', 'GMT−8', 'جرينتش\u00a0\u200e−8'],
		['Europe/Berlin', '15:00', 'Wednesday 13 August', 'GMT+2', 'جرينتش\u00a0\u200e+2'],
		['Asia/Pyongyang', '22:00', 'Wednesday 13 August', 'GMT+9', 'جرينتش\u00a0\u200e+9'],
		['Pacific/Kiritimati', '03:00', 'Thursday 14 August', 'GMT+14', 'جرينتش\u00a0\u200e+14'],
		['UTC', '13:00', 'Wednesday 13 August', 'GMT', 'جرينتش']
	])('tells 13:00 GMT by the clock of %s', (zone, time, day, offset, arabicOffset) => {
		const moment = '2025-08-13T13:00Z';
		expect(en.timeIn(moment, zone)).toBe(time);
		expect(ar.timeIn(moment, zone)).toBe(time);
		expect(en.dateIn(moment, zone)).toBe(day);
		expect(en.offsetIn(moment, zone)).toBe(offset);
		expect(ar.offsetIn(moment, zone)).toBe(arabicOffset);
	});
});
