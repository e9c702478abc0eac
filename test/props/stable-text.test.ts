import { Lazy } from 'aws-cdk-lib';
import { stableText } from '../../lib/props/stable-text';

test.each([
  ['in/', 'in/'],
  ['', ''],
  [Lazy.string({ produce: () => 'x' }), 'token'],
  [`in/${Lazy.string({ produce: () => 'x' })}`, 'token'],
])('%j is the same in each synthesis as %j', (text, expected) => {
  expect(stableText(text)).toBe(expected);
});
