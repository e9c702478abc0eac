import { Code, textOf, Value } from '../value';
import { quote } from '../write/print';
import { ANY, withStage } from './stage-pattern';

export function withFallback(optional: Code, fallback: Value): Value {
  const text = textOf(fallback);
  if (text !== undefined) {
    const name = nameOf(optional);
    return optional.text.startsWith('process.env.')
      ? new Code(`${optional.text} ?? ${quote(text).text}`)
      : new Code(`context(${quote(name).text}, ${quote(text).text})`, ['context']);
  }
  if (fallback instanceof Code) {
    return new Code(`${optional.text} ?? ${fallback.text}`, fallback.uses, fallback.isOptional);
  }
  return fallback;
}

export function required(optional: Code): Code {
  const isEnv = optional.text.startsWith('process.env.');
  return new Code(`${isEnv ? 'env' : 'context'}(${quote(nameOf(optional)).text})`, [
    isEnv ? 'env' : 'context',
  ]);
}

/** The name in `process.env.NAME` or `stack.node.tryGetContext('name')`. */
function nameOf({ text }: Code): string {
  return /^process\.env\.(\w+)/.exec(text)?.[1] ?? /'([^']*)'/.exec(text)?.[1] ?? text;
}

/** `${ssm:/path}`; with a path below `/aws/reference/secretsmanager/`, a secret. */
export function parameterOf(address: string): Value {
  const name = address.replace(/~(true|false|split|raw)$/, '');
  const secret = /^\/aws\/reference\/secretsmanager\/(.+)$/.exec(name)?.[1];
  if (secret !== undefined) {
    const [id = '', field] = secret.split('~');
    const options = field === undefined ? '' : `, { jsonField: ${quote(field).text} }`;
    return new Code(`SecretValue.secretsManager(${quote(id).text}${options}).unsafeUnwrap()`, [
      'SecretValue',
    ]);
  }
  return new Code(`ssm.StringParameter.valueForStringParameter(stack, ${withStage(name)})`, [
    'ssm',
    ...(name.includes(ANY) ? ['stage'] : []),
  ]);
}

/** `${cf:stack.Output}`, including that of a stack in another region. */
export function outputOf(address: string, region: string): Value {
  const dot = address.lastIndexOf('.');
  const [stack, output] = [address.slice(0, dot), address.slice(dot + 1)];
  const place = region === '' || region.includes('$') ? '' : `, ${quote(region).text}`;
  return new Code(`Fn.getStackOutput(${withStage(stack)}, ${quote(output).text}${place})`, [
    'Fn',
    ...(stack.includes(ANY) ? ['stage'] : []),
  ]);
}
