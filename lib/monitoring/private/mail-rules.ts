import { Token } from 'aws-cdk-lib';
import { PropCheck, words } from '../../props/prop-check';

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_LENGTH = 254;
const MAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

const EXAMPLE = 'write for example `notify: ["ops@example.com"]`';

/** Refuses what no mail can be sent to, and what would send it twice. */
export function checkMails(mails: readonly string[] | undefined, check: PropCheck): void {
  if (mails === undefined) {
    return;
  }
  const given: unknown = mails;
  // The compiler says so too, but not to JavaScript.
  if (!Array.isArray(given)) {
    throw check.error('notify', 'must be a list of mail addresses', given, EXAMPLE);
  }
  if (Token.isUnresolved(given)) {
    const rule = 'must be a list of known length';
    throw check.error(
      'notify',
      rule,
      words('a token of a list'),
      `${EXAMPLE}, each may be a token`,
    );
  }
  if (mails.length === 0) {
    const remedy = `${EXAMPLE}, or leave it out`;
    throw check.error('notify', 'must have at least one mail address', words('none'), remedy);
  }
  const seen = new Set<string>();
  mails.forEach((mail, i) => {
    if (Token.isUnresolved(mail)) {
      return;
    }
    if (typeof mail !== 'string' || mail.length > MAX_LENGTH || !MAIL.test(mail)) {
      const remedy = `${EXAMPLE}; for anything else bring a topic: \`notifyTopic\``;
      throw check.error(`notify[${i}]`, 'must be a mail address', mail, remedy);
    }
    if (seen.has(mail.toLowerCase())) {
      const got = words(`"${mail}" twice`);
      throw check.error('notify', 'must name an address once', got, 'leave one of them out');
    }
    seen.add(mail.toLowerCase());
  });
}
