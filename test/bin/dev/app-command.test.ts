import { appCommand, localAppCommand } from '../../../bin/dev/app-command';
import { tempFolder } from '../../support/synth';

const projectWith = (app: string): string =>
  tempFolder({ 'cdk.json': JSON.stringify({ app }), 'node_modules/.bin/tsx': '' });

test.each([
  ['npx tsx app.ts', 'node_modules/.bin/tsx app.ts'],
  ['npx tsx', 'node_modules/.bin/tsx'],
  ['npx ts-node app.ts', 'npx ts-node app.ts'],
  ['npx --yes tsx app.ts', 'npx --yes tsx app.ts'],
  ['npx tsx@4 app.ts', 'npx tsx@4 app.ts'],
  ['node app.js', 'node app.js'],
])('the command %s runs as %s where the project has tsx', (app, expected) => {
  expect(localAppCommand(projectWith(app), 'linux')).toBe(expected);
});

test('on Windows the command runs as it is written', () => {
  expect(localAppCommand(projectWith('npx tsx app.ts'), 'win32')).toBe('npx tsx app.ts');
});

test('a folder without cdk.json, and a cdk.json without `app`, are errors', () => {
  expect(() => appCommand(tempFolder({}))).toThrow('there is no cdk.json in');
  expect(() => appCommand(tempFolder({ 'cdk.json': '{}' }))).toThrow('cdk.json has no `app`');
  expect(() => appCommand(tempFolder({ 'cdk.json': '{ "app": ' }))).toThrow('not a JSON object');
  expect(appCommand(tempFolder({ 'cdk.json': '\uFEFF{ "app": "node a" }' }))).toBe('node a');
});
