import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * A test runner for Stryker that stays in its process, since one Jest run a mutant takes 1 to 13 seconds, and this some milliseconds. A
 * mutant loads lib/ and the files of the tests that reach it anew, so that nothing kept from one hides the next, and without types, which
 * `npm run lint` checks; the CDK stays loaded. `expect`, `each` and mocks are Jest's own.
 */
class InProcessRunner {
  static inject = tokens(commonTokens.options);

  constructor(options) {
    this.root = process.cwd();
    this.files = options.inProcess.tests;
    this.require = createRequire(path.join(this.root, 'package.json'));
    this.ends = [];
    this.stryker = globalThis.__stryker__ ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    const { transform } = this.require('sucrase');
    const library = path.join(this.root, 'lib/index.ts');
    const compiled = new Map();
    this.require.extensions['.ts'] = (module, filePath) => {
      let code = compiled.get(filePath);
      if (code === undefined) {
        const source = readFileSync(filePath, 'utf8').replaceAll(
          "from 'cdk-serverless-app'",
          `from ${JSON.stringify(library)}`,
        );
        code = transform(source, { transforms: ['typescript', 'imports'], filePath }).code;
        compiled.set(filePath, code);
      }
      module._compile(code, filePath);
    };
    const { ModuleMocker } = this.require('jest-mock');
    const { bind } = this.require('jest-each');
    const mocker = new ModuleMocker(globalThis);
    const describe = (name, body) => {
      const outer = this.scope;
      this.scope = { ...outer, outer, name: `${outer.name}${name} `, before: [], after: [] };
      body();
      this.scope = outer;
    };
    const test = (name, body) => {
      this.count += 1;
      const id = `${this.scope.file}#${this.count} ${this.scope.name}${name}`;
      this.tests.set(id, { id, body, scope: this.scope, fileName: this.scope.file });
    };
    describe.each = bind(describe, false);
    test.each = bind(test, false);
    Object.assign(globalThis, {
      describe,
      test,
      it: test,
      expect: this.require('expect').expect,
      jest: {
        fn: mocker.fn.bind(mocker),
        spyOn: mocker.spyOn.bind(mocker),
        restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
      },
      beforeEach: (hook) => this.scope.before.push(hook),
      afterEach: (hook) => this.scope.after.push(hook),
      afterAll: (hook) => this.ends.push(hook),
    });
    this.require('./test/support/environment.ts');
  }

  /** What `afterAll` asks for: it removes temporary folders. */
  dispose() {
    this.ends.splice(0).forEach((end) => end());
  }

  /** Loads these files of tests, and with them what they import of lib/. */
  load(files) {
    this.dispose();
    for (const file of Object.keys(this.require.cache)) {
      if (file.startsWith(this.root + path.sep) && !file.includes('/node_modules/')) {
        delete this.require.cache[file];
      }
    }
    this.tests = new Map();
    for (const file of files) {
      this.count = 0;
      this.scope = { name: '', before: [], after: [], file };
      this.require(path.join(this.root, file));
    }
  }

  async dryRun() {
    delete this.stryker.mutantCoverage;
    delete this.stryker.activeMutant;
    this.load(this.files);
    const result = await this.run([...this.tests.values()], true);
    return { ...result, mutantCoverage: this.stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const { stryker } = this;
    const files = testFilter?.map((id) => id.slice(0, id.indexOf('#'))) ?? this.files;
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    stryker.activeMutant = activeMutant.id;
    let result;
    try {
      this.load(new Set(files));
      const chosen = testFilter?.map((id) => this.tests.get(id)) ?? [...this.tests.values()];
      result = await this.run(chosen, disableBail);
    } catch (error) {
      // A file that the mutant keeps from loading fails all of its tests.
      result = { status: DryRunStatus.Complete, tests: [failure({ id: 'load' }, 0, error)] };
    }
    stryker.activeMutant = undefined;
    if (stryker.hitCount > hitLimit) {
      result = { status: DryRunStatus.Timeout };
    }
    return toMutantRunResult(result, disableBail);
  }

  async run(chosen, disableBail) {
    const results = [];
    for (const each of chosen) {
      const result = await this.runTest(each);
      results.push(result);
      if (!disableBail && result.status === TestStatus.Failed) {
        break;
      }
    }
    return { status: DryRunStatus.Complete, tests: results };
  }

  async runTest(each) {
    const { id, fileName, body, scope } = each;
    const started = performance.now();
    const time = () => Math.ceil(performance.now() - started);
    const scopes = [];
    for (let at = scope; at !== undefined; at = at.outer) {
      scopes.push(at);
    }
    this.stryker.currentTestId = id;
    try {
      for (const hook of scopes.toReversed().flatMap(({ before }) => before)) {
        await hook();
      }
      try {
        await body();
      } finally {
        for (const hook of scopes.flatMap(({ after }) => after)) {
          await hook();
        }
      }
      return { id, name: id, fileName, timeSpentMs: time(), status: TestStatus.Success };
    } catch (error) {
      return failure(each, time(), error);
    } finally {
      this.stryker.currentTestId = undefined;
    }
  }
}

function failure({ id, fileName }, timeSpentMs, error) {
  const failureMessage = String(error?.message ?? error);
  return { id, name: id, fileName, timeSpentMs, status: TestStatus.Failed, failureMessage };
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
];
