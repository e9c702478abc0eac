import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../../props/prop-check';

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_LENGTH = 254;
const MAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

const EXAMPLE = 'write, for example, `notify: ["ops@example.com"]`';

/** Rejects values that are not email addresses, and duplicates. */
export function checkAddresses(addresses: readonly string[] | undefined, check: PropCheck): void {
  if (addresses === undefined) {
    return;
  }
  const given: unknown = addresses;
  // The compiler checks this too, but not in JavaScript.
  if (!Array.isArray(given)) {
    throw check.error('notify', 'must be a list of email addresses', given, EXAMPLE);
  }
  if (Token.isUnresolved(given)) {
    const rule = 'must be a list of known length';
    throw check.error(
      'notify',
      rule,
      unquoted('a token of a list'),
      `${EXAMPLE}, each may be a token`,
    );
  }
  if (addresses.length === 0) {
    const remedy = `${EXAMPLE}, or leave it out`;
    throw check.error('notify', 'must have at least one email address', unquoted('none'), remedy);
  }
  const seen = new Set<string>();
  addresses.forEach((address, i) => {
    if (Token.isUnresolved(address)) {
      return;
    }
    if (typeof address !== 'string' || address.length > MAX_LENGTH || !MAIL.test(address)) {
      const remedy = `${EXAMPLE}; for other targets use your own topic: \`notifyTopic\``;
      throw check.error(`notify[${i}]`, 'must be an email address', address, remedy);
    }
    if (seen.has(address.toLowerCase())) {
      const got = unquoted(`"${address}" twice`);
      throw check.error('notify', 'must not repeat an address', got, 'leave one of them out');
    }
    seen.add(address.toLowerCase());
  });
}
