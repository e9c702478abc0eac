import manifest from '../../package.json';
import created from '../../packages/create-cdk-serverless-app/package.json';
import { fs, path } from '../support/synth';

const ROOT = path.join(__dirname, '..', '..');
const REPOSITORY = 'https://github.com/cdk-serverless-app/cdk-serverless-app';

describe('Construct Hub', () => {
  // https://constructs.dev/contribute; its web app is cdklabs/construct-hub-webapp.
  test('finds the package by its keyword, and accepts its licence', () => {
    expect(manifest.keywords).toContain('awscdk');
    expect(manifest.license).toBe('Apache-2.0');
    expect(fs.readFileSync(path.join(ROOT, 'LICENSE'), 'utf8')).toContain('Apache License');
  });

  test('gets the types from the assembly', () => {
    expect(manifest.files).toContain('.jsii');
    expect(Object.keys(manifest.jsii.targets).sort()).toEqual(['dotnet', 'go', 'java', 'python']);
  });

  test('makes absolute links of those in the README, which it does for no other form of address', () => {
    const { type, url } = manifest.repository;

    expect(type).toBe('git');
    expect(url).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
  });
});

test.each([
  ['the library', manifest, undefined],
  ['the generator', created, 'packages/create-cdk-serverless-app'],
])('npm shows the repository, the licence and the links of %s', (_, it, directory) => {
  expect(it).toMatchObject({
    description: expect.stringMatching(/^.{40,255}$/) as string,
    homepage: `${REPOSITORY}#readme`,
    bugs: `${REPOSITORY}/issues`,
    license: 'Apache-2.0',
    repository: { type: 'git', url: `${REPOSITORY}.git` },
    engines: { node: '>=20.11' },
  });
  expect((it.repository as { readonly directory?: string }).directory).toBe(directory);
});
