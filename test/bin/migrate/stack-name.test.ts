import * as fs from 'node:fs';
import * as path from 'node:path';
import { migrateDefinition } from '../../../bin/migrate/migrate-definition';
import { tempFolder } from '../../support/synth';

const LONG = 'an-application-of-a-team-whose-folder-has-a-long-name';

const migrated = (folder: string, resources: string, more = ''): [name: string, notes: string] => {
  const place = path.join(tempFolder(), folder);
  fs.mkdirSync(place);
  fs.writeFileSync(
    path.join(place, 'template.yaml'),
    `${more}\nResources:\n  Work:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: work.handler, Runtime: nodejs24.x }\n${resources}`,
  );
  const { app, notes } = migrateDefinition(path.join(place, 'template.yaml'), place);
  return [
    /stackName:\s+'([^']+)'/.exec(app)?.[1] ?? '',
    notes.map(({ kind, at, text }) => `${kind} ${at}: ${text}`).join('\n'),
  ];
};

const named = (name: string): string =>
  `  Named: { Type: AWS::Serverless::Function, Properties: { FunctionName: ${name}, Handler: a.handler, Runtime: nodejs24.x } }\n`;

test.each([
  ["!Sub '${AWS::StackName}-the-worker'", 64 - 11],
  ["!Join ['-', [!Ref AWS::StackName, !Ref AWS::Region]]", 64 - 15],
  ["!Sub '${AWS::StackName}-${Kind}'", 64 - 11],
  ["!Sub '${AWS::StackName}-${AWS::StackName}'", 31],
])('the stack gets a name with which the function %s has at most 64 characters', (name, room) => {
  const [stack, notes] = migrated(
    LONG,
    named(name),
    'Parameters: { Kind: { Type: String, Default: a, AllowedValues: [a, production] } }',
  );

  expect(stack).toMatch(/^an-application-.*-app$/);
  expect(stack.length).toBeLessThanOrEqual(room);
  expect(stack.length).toBeGreaterThan(room - 3);
  expect(notes).toContain(
    `differs Resources.Named: its name contains the name of the stack and may have at most 64 characters, so the stack is named ${stack}`,
  );
});

test('a name that exactly fits is not cut', () => {
  const [stack, notes] = migrated(LONG, named(`!Sub '\${AWS::StackName}-${'w'.repeat(6)}'`));

  expect(stack).toBe(`${LONG}-app`);
  expect(stack).toHaveLength(64 - 7);
  expect(notes).not.toContain('may have at most');
});

test('a role is counted too', () => {
  const [stack] = migrated(
    LONG,
    "  Role: { Type: AWS::IAM::Role, Properties: { RoleName: !Sub '${AWS::StackName}-${AWS::Region}-role' } }\n",
  );

  expect(stack.length).toBeLessThanOrEqual(64 - 20);
});

test('a name that no stack can fit is reported', () => {
  const [stack, notes] = migrated('shop', named(`!Sub '\${AWS::StackName}-${'w'.repeat(60)}'`));

  expect(stack).toBe('s-app');
  expect(notes).toContain('check Resources.Named: its name contains the name of the stack');
  expect(notes).toContain('exceeds by 2 if the stack is named s-app: shorten it');
});

test('in the name of a bucket the stack has small letters', () => {
  const [stack] = migrated(
    'MyShop',
    "  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '${AWS::StackName}-files' } }\n",
  );

  expect(stack).toBe('myshop-app');
});

test('a name without that of the stack does not cut it, and a folder with a very long name is cut', () => {
  const folder = 'f'.repeat(150);

  expect(migrated(folder, named('worker'))[0]).toBe(`${'f'.repeat(124)}-app`);
});
