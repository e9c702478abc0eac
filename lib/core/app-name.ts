import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The maximum length that fits the 255 and 256 characters of a namespace and a tag's value. */
const MAX_LENGTH = 200;
/** Characters, other than the slash, that a tag's value, a metric namespace or a dashboard name does not allow. */
const OTHER_CHARACTERS = /[^\w.-]+/g;

/**
 * `<stack>/<id>`: the app's name within an account and region, known at synthesis. For an app in a nested stack, the stack is the
 * outermost one, whose name is known. If characters had to be replaced, a hash distinguishes two apps.
 */
export function appName(app: IConstruct): string {
  const stack = outermost(Stack.of(app));
  const name = Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName;
  const below = app.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  const parts = [name, ...below];
  const readable = parts.map((part) => part.replace(OTHER_CHARACTERS, '-')).join('/');
  if (readable === parts.join('/') && readable.length <= MAX_LENGTH) {
    return readable;
  }
  const hash = createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 8);
  return `${readable.slice(0, MAX_LENGTH)}-${hash}`;
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}
