/** AWS bills a month as 730 hours. */
export const HOURS_A_MONTH = 730;

export const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;

/** Days of an average month: 365.25 / 12. */
export const DAYS_A_MONTH = 365.25 / 12;
