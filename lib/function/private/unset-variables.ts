import type { PackageFinding } from '../../bundling/package-finding';
import type { IAppFunction } from '../../core/contract';
import { Notices } from '../../core/notices';
import { similar } from '../../props/nearest';
import { isReservedVariable } from './function-rules';
import { variablesOf } from './variables-of';

const ID = 'cdk-serverless-app:unset-variable';

/**
 * Variables that the runtime sets and that a function may change: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const OF_RUNTIME: ReadonlySet<string> = new Set(
  'LANG PATH LD_LIBRARY_PATH NODE_PATH NODE_OPTIONS TZ AWS_XRAY_CONTEXT_MISSING AWS_XRAY_DAEMON_ADDRESS AWS_LAMBDA_DOTNET_PREJIT AWS_LAMBDA_MAX_CONCURRENCY'.split(
    ' ',
  ),
);

/** Warns about variables that the function’s sources read and nobody sets. */
export function warnOfUnsetVariables(fn: IAppFunction, all: readonly PackageFinding[]): void {
  const found = all.filter(({ kind }) => kind === 'variable');
  if (found.length === 0) {
    return;
  }
  const set = variablesOf(fn);
  for (const { variable = '', source = '' } of found) {
    if (!set.has(variable) && !OF_RUNTIME.has(variable) && !isReservedVariable(variable)) {
      const meant = similar(variable, [...set]);
      const byDefault = `set it, or give the code a default: \`process.env.${variable} ?? 'default'\``;
      const remedy =
        meant === undefined
          ? byDefault
          : `if you mean \`${meant}\`, correct the name; otherwise ${byDefault}`;
      Notices.of(fn).add({
        fn,
        level: 'warning',
        id: ID,
        message: `${fn.app.node.path}: \`functions.${fn.node.id}.environment\` has no \`${variable}\`, which ${source} reads: ${remedy}`,
      });
    }
  }
}
