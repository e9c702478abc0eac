import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from '../../bundling/bundling-options';
import { EntryLanguage } from '../../bundling/entry-language';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { withoutUndefined } from '../../props/options';
import { PropCheck } from '../../props/prop-check';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';

/** What a language requires of the options of a function whose entry is written in it. */
interface LanguageRules {
  readonly runtime: lambda.Runtime;
  /** Names the runtimes that run it, in an error. */
  readonly runtimes: string;
  readonly runs: (runtime: lambda.Runtime) => boolean;
  /** The options of bundling that apply to it; undefined for all. */
  readonly bundling?: ReadonlyArray<keyof BundlingOptions>;
  /** Lambda's handler string, if it does not follow from a file and a name in that file. */
  readonly handler?: string;
}

const RULES: Readonly<Record<EntryLanguage, LanguageRules>> = {
  JavaScript: {
    runtime: FUNCTION_DEFAULTS.runtime,
    runtimes: 'a Node.js runtime',
    runs: ({ family }) => family === lambda.RuntimeFamily.NODEJS,
  },
  Python: {
    runtime: FUNCTION_DEFAULTS.pythonRuntime,
    runtimes: 'a Python runtime',
    runs: ({ family }) => family === lambda.RuntimeFamily.PYTHON,
    bundling: ['copyFiles', 'cache'],
  },
  Go: {
    runtime: FUNCTION_DEFAULTS.goRuntime,
    runtimes: '`Runtime.PROVIDED_AL2023` or `PROVIDED_AL2`',
    runs: ({ name }) => /^provided\.al/.test(name),
    bundling: ['copyFiles'],
    handler: 'bootstrap',
  },
};

/**
 * The options for a function whose entry is in another language than JavaScript: its runtime, and the parts of `bundling` that apply to
 * it. The app's defaults apply where they fit.
 */
export function withLanguage(
  options: AppFunctionOptions,
  props: AppFunctionProps,
  language: EntryLanguage | undefined,
): AppFunctionOptions {
  if (language === undefined || language === 'JavaScript') {
    return options;
  }
  const { runtime, runs, bundling = [], handler } = RULES[language];
  const { copyFiles, cache } = options.bundling ?? {};
  const fits = options.runtime !== undefined && runs(options.runtime);
  return {
    ...options,
    runtime: props.runtime ?? (fits ? options.runtime : runtime),
    handler: props.handler ?? handler ?? options.handler,
    bundling: withoutUndefined({ copyFiles, ...(bundling.includes('cache') ? { cache } : {}) }),
  };
}

/** Rejects options that do not apply to an entry in that language. */
export function checkLanguage(
  { runtime }: AppFunctionOptions,
  props: AppFunctionProps,
  language: EntryLanguage,
  check: PropCheck,
): void {
  const { runtimes, runs, bundling, handler } = RULES[language];
  if (runtime !== undefined && !runs(runtime)) {
    throw check.error(
      'runtime',
      language === 'JavaScript'
        ? `must be ${runtimes} with \`entry\``
        : `must be ${runtimes} for a ${language} entry`,
      runtime.name,
      'give `code` and `handler` for another runtime',
    );
  }
  if (handler !== undefined && props.handler !== undefined) {
    throw check.error(
      'handler',
      `must be left out for a ${language} entry, whose program is the handler`,
      props.handler,
      'leave it out',
    );
  }
  const given = Object.entries(withoutUndefined(props.bundling ?? {})).map(([name]) => name);
  const wrong = given.find((name) => bundling?.some((it) => it === name) === false);
  if (wrong !== undefined) {
    throw check.error(
      `bundling.${wrong}`,
      `must be left out for a ${language} entry, because it applies only to JavaScript`,
      (props.bundling as Readonly<Record<string, unknown>>)[wrong],
      `leave it out; ${(bundling ?? []).map((name) => `\`${name}\``).join(' and ')} ${bundling?.length === 1 ? 'applies' : 'apply'} to ${language} too`,
    );
  }
}
