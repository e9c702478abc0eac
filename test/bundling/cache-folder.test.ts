import { cacheFolder } from '../../lib/bundling/cache-folder';
import { os, path } from '../support/synth';

const HOME = path.join(os.homedir(), '.cache', 'cdk-serverless-app');

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('the folder for the cache', () => {
  test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['is in the home of the user', {}, HOME],
    [
      'is in the folder that `XDG_CACHE_HOME` names',
      { XDG_CACHE_HOME: '/x' },
      '/x/cdk-serverless-app',
    ],
    ['is in the home if `XDG_CACHE_HOME` is empty', { XDG_CACHE_HOME: '' }, HOME],
    ['is in the home if `XDG_CACHE_HOME` is relative', { XDG_CACHE_HOME: 'cache' }, HOME],
    ['is what `SERVERLESS_APP_CACHE` names', { SERVERLESS_APP_CACHE: '/y' }, '/y'],
    [
      'may be named relative to where the synthesis runs',
      { SERVERLESS_APP_CACHE: 'y' },
      path.resolve('y'),
    ],
    ['is in the home if `SERVERLESS_APP_CACHE` is empty', { SERVERLESS_APP_CACHE: '' }, HOME],
    ['is none if `SERVERLESS_APP_CACHE` is `off`', { SERVERLESS_APP_CACHE: 'off' }, undefined],
  ])('%s', (_what, environment, folder) => {
    expect(cacheFolder(environment)).toBe(folder);
  });

  test.each<[string, () => string]>([
    ['has no home', () => fail()],
    ['has an empty `HOME`', () => ''],
  ])('is none if the user %s', (_what, home) => {
    jest.spyOn(jest.requireActual<typeof os>('node:os'), 'homedir').mockImplementation(home);

    try {
      expect(cacheFolder({})).toBeUndefined();
    } finally {
      jest.restoreAllMocks();
    }
  });
});

function fail(): never {
  throw Object.assign(new Error('ENOENT: no such file or directory, uv_os_homedir'), {
    code: 'ENOENT',
  });
}
