import type { AccessConfig } from '../core/contract';
import { PropCheck, unquoted } from '../props/prop-check';
import type { AccessOptions } from './access-options';

/** The environment variable of an access, unless the user turned it off. */
export function variableOf(
  { environmentVariable, setEnvironmentVariable = true }: AccessOptions,
  defaultName: () => string,
  value: string,
  check: PropCheck,
): Pick<AccessConfig, 'environmentVariable' | 'environmentValue'> {
  if (!setEnvironmentVariable && environmentVariable !== undefined) {
    throw check.error(
      'environmentVariable',
      'must not be combined with `setEnvironmentVariable: false`',
      unquoted('both'),
      'leave out one of them',
    );
  }
  return setEnvironmentVariable
    ? { environmentVariable: environmentVariable ?? defaultName(), environmentValue: value }
    : {};
}
