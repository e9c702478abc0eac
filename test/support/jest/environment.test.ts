import * as os from 'node:os';
import { tempFolder } from '../synth';
import TestEnvironment from './environment';

// What keeps the files of tests of one process apart, and what lets them share modules.

function environmentOf(source: string, pragmas: object = {}): TestEnvironment {
  const folder = tempFolder({ 'some.test.ts': source });
  return new TestEnvironment(
    { projectConfig: { fakeTimers: {} } } as never,
    { testPath: `${folder}/some.test.ts`, docblockPragmas: pragmas } as never,
  );
}

const KEY = Symbol('JEST_STATE_SYMBOL');

test('variables that a file of tests sets, changes or removes are restored', async () => {
  process.env.KEPT = 'before';
  process.env.GONE = 'before';
  const environment = environmentOf('');

  process.env.KEPT = 'after';
  process.env.NEW = 'after';
  delete process.env.GONE;
  await environment.teardown();

  expect([process.env.KEPT, process.env.GONE, process.env.NEW]).toEqual([
    'before',
    'before',
    undefined,
  ]);
});

test('variables are restored also in the process, after a file has put another object in the place of `process.env`', async () => {
  const [env, folder] = [process.env, os.tmpdir()];
  const environment = environmentOf('');

  process.env.TMPDIR = '/of/the/file';
  // eslint-disable-next-line no-restricted-syntax -- what no file of tests may do, and the environment withstands
  process.env = { ...env };
  await environment.teardown();

  expect(process.env).toBe(env);
  expect(os.tmpdir()).toBe(folder);
});

test('what a file has spied on is as before', async () => {
  const environment = environmentOf('');
  const { now } = Date;

  environment.moduleMocker.spyOn(Date, 'now').mockReturnValue(5);
  await environment.teardown();

  expect(Date.now).toBe(now);
});

test('the working directory, the console and the exit of the process are restored', async () => {
  const [folder, console, exit] = [process.cwd(), globalThis.console, Reflect.get(process, 'exit')];
  const environment = environmentOf('');

  process.chdir(tempFolder());
  globalThis.console = { ...console };
  process.exit = () => undefined as never;
  await environment.teardown();

  expect(process.cwd()).toBe(folder);
  expect(globalThis.console).toBe(console);
  expect(Reflect.get(process, 'exit')).toBe(exit);
});

test('the state of Jest goes with a file, and that of a library stays', async () => {
  const environment = environmentOf('');
  const library = Symbol('a library');

  Object.assign(globalThis, { [KEY]: {}, [library]: 'its state' });
  await environment.teardown();

  expect(Reflect.get(globalThis, KEY)).toBeUndefined();
  expect(Reflect.get(globalThis, library)).toBe('its state');
  Reflect.deleteProperty(globalThis, library);
});

test.each([
  ["jest.mock('node:fs')", true],
  ['jest.resetModules();', true],
  ['jest\n  .isolateModulesAsync(load)', true],
  ["jest.doMock('./a')", true],
  ["jest.spyOn(fs, 'readFileSync')", false],
  ['jest.fn().mockReturnValue(1)', false],
])('a file with %j gets its own modules: %s', (source, expected) => {
  expect(environmentOf(source).ownModules).toBe(expected);
});

test('a file with the pragma `@own-modules` gets its own modules', () => {
  expect(environmentOf('', { 'own-modules': 'because of a list' }).ownModules).toBe(true);
});
