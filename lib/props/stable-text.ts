import { Token } from 'aws-cdk-lib';

/** For an id or a name: a token's own text has a number that changes with whatever else the app makes. */
export function stableText(text: string): string {
  return Token.isUnresolved(text) ? 'token' : text;
}
