import { makeTemporaryFolder, TEMPORARY_FOLDER, writing } from '../../lib/core/disk';
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

test('a temporary folder is new, in the folder for temporary files', () => {
  const [one, other] = [makeTemporaryFolder(), makeTemporaryFolder()];

  try {
    expect(one).not.toBe(other);
    expect(path.dirname(one)).toBe(fs.realpathSync(os.tmpdir()));
    expect(path.basename(one)).toMatch(/^serverless-app-./);
    expect(fs.readdirSync(one)).toEqual([]);
  } finally {
    fs.rmdirSync(one);
    fs.rmdirSync(other);
  }
});
