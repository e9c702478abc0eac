import { Token } from 'aws-cdk-lib';

/** Text for an id or a name. A token's own text contains a number that depends on what else the app creates. */
export function stableText(text: string): string {
  return Token.isUnresolved(text) ? 'token' : text;
}
