import { nearestName } from '../nearest';
import { UserError } from '../user-error';
import type { Failure } from './failure';

/** The failures of one function, if one is named. */
export function ofFunction(
  failures: readonly Failure[],
  name: string | undefined,
  known: readonly string[],
): readonly Failure[] {
  if (name === undefined) {
    return failures;
  }
  if (!known.includes(name)) {
    throw new UserError(`there is no function \`${name}\``, nearestName(name, known));
  }
  return failures.filter((failure) => failure.function === name);
}

/** The one failure whose id begins with the given text. */
export function byId(failures: readonly Failure[], id: string): Failure {
  const found = failures.filter((failure) => failure.id.startsWith(id));
  const [only] = found;
  if (only === undefined) {
    throw new UserError(`there is no failure \`${id}\``, 'see `serverless-app failures list`');
  }
  const exact = found.find((failure) => failure.id === id);
  if (found.length > 1 && exact === undefined) {
    throw new UserError(
      `${found.length} failures begin with \`${id}\`: ${found.map((failure) => failure.id).join(', ')}`,
      'give more characters of the id',
    );
  }
  return exact ?? only;
}
