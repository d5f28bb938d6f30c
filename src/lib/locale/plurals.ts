/** Which form of a noun a number takes: Arabic has six. */
export const PLURALS = { ar: new Intl.PluralRules('ar'), en: new Intl.PluralRules('en') } as const;
