/** Patterns that only secrets match. */
const FORMS: ReadonlyArray<readonly [form: RegExp, what: string]> = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, 'a JWT'],
  [/\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{22,}/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\b[sr]k_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  [/\bAIza[\w-]{35}/, 'a Google key'],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, 'a SendGrid key'],
  [/\bsk-[\w-]{32,}/, 'an AI service key'],
  [/\w:\/\/[^\s:/?#@]*:[^\s/?#@]+@/, 'a URL that contains a password'],
  [
    /(^|;)\s*(password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;\s]/i,
    'a connection string with a password',
  ],
];

const NAME =
  /(^|_)(PASSWORD|PASSWD|PWD|PASSPHRASE|SECRET|(SECRET|API|ACCESS|PRIVATE|SIGNING|ENCRYPTION)_?KEY|(ACCESS|AUTH|BEARER|REFRESH|API|BOT)?TOKEN|CREDENTIALS?)$/;

/** Values that are not secrets, even if the name of the variable looks like a secret's. */
const NO_SECRET =
  /^(arn:|\/|https?:\/\/[^@]*$|\$\{?\w|true$|false$|enabled$|disabled$|none$|required$|optional$)/i;

/**
 * Why a variable seems to hold a secret, or undefined.
 *
 * @param text the value, with a letter in place of each part that is known only at deployment
 * @param whole whether the whole value is known
 */
export function seemsSecret(name: string, text: string, whole: boolean): string | undefined {
  const form = FORMS.find(([pattern]) => pattern.test(text));
  if (form !== undefined) {
    return `has the form of ${form[1]}`;
  }
  return whole && text !== '' && NAME.test(inCapitals(name)) && !NO_SECRET.test(text)
    ? 'is written out in a variable named like a secret'
    : undefined;
}

/** `dbPassword` becomes `DB_PASSWORD`. */
function inCapitals(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
