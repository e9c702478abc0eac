import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import * as fs from 'node:fs';
import { restoreVariables } from '../variables';
import { RULE_NAMES, validateTemplate, version } from '../cdk-validator';

/** What the modules of a file of tests get from outside of them. */
export interface Shared {
  readonly ruleNames: readonly string[];
  readonly validateTemplate: typeof validateTemplate;
  readonly version: typeof version;
}

const MOCKS_MODULES =
  /\bjest\s*\.\s*(?:mock|unmock|doMock|dontMock|setMock|resetModules|isolateModules\w*)\b/;

/** The symbols under which Jest keeps the state of one file of tests in the global object. */
const STATE_OF_JEST = /jest|EVENT_HANDLERS|RETRY|TEST_TIMEOUT|LOG_ERRORS/i;

/**
 * The process itself, in which files of tests run one after the other. What a file changes of the environment's variables, the working
 * directory, the console and the globals of Jest does not reach the next file. See runtime.cjs.
 */
export default class TestEnvironment implements JestEnvironment {
  readonly global: JestEnvironment['global'] = globalThis as never;
  readonly moduleMocker: ModuleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  /** Whether the file mocks modules, loads them again, or begins with a comment with `@own-modules`, so that it must not share them. */
  readonly ownModules: boolean;

  private readonly env = process.env;
  private readonly variables = { ...process.env };
  private readonly folder = process.cwd();
  private readonly console = globalThis.console;
  private readonly exit = Reflect.get(process, 'exit');
  private readonly globals = new Set(Reflect.ownKeys(globalThis));

  constructor(
    { projectConfig }: JestEnvironmentConfig,
    { testPath, docblockPragmas }: EnvironmentContext,
  ) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.ownModules =
      'own-modules' in docblockPragmas || MOCKS_MODULES.test(fs.readFileSync(testPath, 'utf8'));
  }

  setup(): Promise<void> {
    const shared: Shared = { ruleNames: RULE_NAMES, validateTemplate, version };
    Object.assign(globalThis, { cdkValidator: shared });
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    // eslint-disable-next-line no-restricted-syntax -- undoes what a file of tests must not do
    process.env = this.env;
    restoreVariables(this.variables);
    process.chdir(this.folder);
    globalThis.console = this.console;
    Reflect.set(process, 'exit', this.exit);
    Reflect.ownKeys(globalThis)
      .filter((key) => typeof key === 'symbol' && !this.globals.has(key))
      .filter((key) => STATE_OF_JEST.test(String(key)))
      .forEach((key) => Reflect.deleteProperty(globalThis, key));
    return Promise.resolve();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  /** Jest asks whether there is a context; that of the process is the runtime's choice. */
  getVmContext(): ReturnType<JestEnvironment['getVmContext']> {
    return globalThis;
  }
}
