import { inTemporaryFolder, TEMPORARY_FOLDER, writing } from '../../lib/core/disk';
import { fs, os, path } from '../support/synth';

const failing = (error: unknown) => (): void => {
  writing('/full', TEMPORARY_FOLDER, () => {
    throw error;
  });
};
const coded = (code: unknown): Error => Object.assign(new Error('no more'), { code });

test('a successful result is returned', () => {
  expect(writing('/any', TEMPORARY_FOLDER, () => 5)).toBe(5);
});

test.each([
  [
    'EACCES',
    'you have no write permission there: change the permissions, or choose another folder',
  ],
  ['EPERM', 'you have no write permission there: change the permissions, or choose another folder'],
  ['ENOSPC', 'no space is left on the device: free some, or choose a folder on another disk'],
  ['EDQUOT', 'your disk quota is used up: free some space, or choose a folder on another'],
  ['EROFS', 'its file system is read-only: choose a folder on another one'],
])('a failure at %s names the folder, the reason and the remedy', (code, reason) => {
  const cause = coded(code);

  expect(failing(cause)).toThrow(`/full cannot be written (${code}), ${reason}`);
  expect(failing(cause)).toThrow(
    `. It is the folder for temporary files, which \`TMPDIR\` names (\`TEMP\` on Windows).`,
  );
  expect(failing(cause)).toThrow(expect.objectContaining({ cause }) as Error);
});

test.each([[coded('EIO')], [coded(5)], [coded(undefined)], [new Error('no code')]])(
  'another error is passed on unchanged: %p',
  (error) => {
    expect(failing(error)).toThrow(error);
  },
);

test.each(['no space', null, undefined, 5])(
  'so is a thrown value that is no error: %p',
  (thrown) => {
    let caught: unknown = 'nothing';
    try {
      failing(thrown)();
    } catch (error) {
      caught = error;
    }

    expect(caught).toBe(thrown);
  },
);

describe('a temporary folder', () => {
  test('is new, in the folder for temporary files, and is removed afterwards', () => {
    const seen = [1, 2].map(() =>
      inTemporaryFolder((folder) => {
        fs.writeFileSync(path.join(folder, 'file'), '');
        return folder;
      }),
    );

    expect(new Set(seen).size).toBe(2);
    expect(path.dirname(seen[0] ?? '')).toBe(fs.realpathSync(os.tmpdir()));
    expect(path.basename(seen[0] ?? '')).toMatch(/^serverless-app-./);
    expect(seen.filter((folder) => fs.existsSync(folder))).toEqual([]);
  });

  test.each<[string, (folder: string) => unknown]>([
    ['a write that fails without a name', () => coded('ENOSPC')],
    [
      'a file in it that cannot be written',
      (folder) => Object.assign(coded('EACCES'), { path: path.join(folder, 'file') }),
    ],
  ])('is named by the error of %s, and is removed', (_what, error) => {
    let made = '';

    expect(() =>
      inTemporaryFolder((folder) => {
        made = folder;
        throw error(folder);
      }),
    ).toThrow(/^\S+ cannot be written \(E\w+\), .* It is the folder for temporary files/);
    expect(fs.existsSync(made)).toBe(false);
  });

  test('is not named by the error of another file', () => {
    const error = Object.assign(coded('EACCES'), { path: '/project/secret.ts' });

    expect(() =>
      inTemporaryFolder(() => {
        throw error;
      }),
    ).toThrow(error);
  });

  test('cannot be made where `TMPDIR` names no folder, which the error says', () => {
    const tmpdir = jest.spyOn(jest.requireActual<typeof os>('node:os'), 'tmpdir');
    tmpdir.mockReturnValue('/no/such/folder');

    try {
      expect(() => inTemporaryFolder(() => 1)).toThrow(
        '/no/such/folder is not a folder that can be used (ENOENT): create it, or choose another folder. It is the folder for temporary files, which `TMPDIR` names',
      );
    } finally {
      tmpdir.mockRestore();
    }
  });
});
