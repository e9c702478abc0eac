import { migrateHere, synthesize } from './support';

jest.setTimeout(120_000);

const lostAt = (name: string): string[] =>
  migrateHere(name)
    .notes.filter(({ kind }) => kind === 'lost')
    .map(({ at }) => at);

const variablesOf = (name: string, stage: string): unknown =>
  Object.values(synthesize(migrateHere(name).app, { stage }).Resources ?? {}).find(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  )?.Properties?.['Environment'];

describe('a plain template', () => {
  const { Resources = {} } = synthesize(migrateHere('cfn-plain').app);

  test('keeps the permissions of what stays beside the functions', () => {
    expect(Resources['MayRun']?.Properties).toMatchObject({ Principal: 'events.amazonaws.com' });
  });

  test('keeps code in the template, and the custom resource that it serves', () => {
    const inline = Object.values(Resources).find(({ Properties }) =>
      JSON.stringify(Properties).includes('cfn-response'),
    );
    expect(inline?.Properties).toMatchObject({
      Handler: 'index.handler',
      Code: { ZipFile: expect.anything() as unknown },
    });
    expect(Resources['Seeded']?.Type).toBe('Custom::Seeded');
  });

  test('keeps the tags of a function', () => {
    expect(JSON.stringify(Resources)).toContain('{"Key":"team","Value":"core"}');
  });

  test('says which options of a function are lost, and what a transform would make', () => {
    expect(lostAt('cfn-plain')).toEqual([
      'Resources.Include',
      'Resources.Api.FileSystemConfigs',
      'Resources.Api.Code.S3Bucket',
      'Resources.Api.Code.S3Key',
    ]);
  });
});

describe('permissions on resources of other stacks', () => {
  const { app, notes } = migrateHere('sam-grants-elsewhere');

  test('become statements', () => {
    const text = JSON.stringify(synthesize(app).Resources);
    for (const action of [
      'dynamodb:Query',
      's3:PutObject',
      'events:PutEvents',
      'ssm:GetParameter',
    ]) {
      expect(text).toContain(action);
    }
    expect(text).not.toContain('dynamodb:PutItem');
    expect(notes.filter(({ text: one }) => one.includes('access'))).toEqual([]);
  });

  test('the rollout of the globals is reported, and tags of both are kept', () => {
    expect(lostAt('sam-grants-elsewhere')).toContain('Resources.Read.DeploymentPreference');
    expect(app).toContain("Tags.of(read).add('project', 'grants')");
    expect(app).toContain("Tags.of(read).add('owner', 'me')");
  });

  test('the role that SAM names is that of the function, and the stream is read from its time', () => {
    expect(app).toContain('read.role.roleArn');
    expect(app).toContain('new Date(1700000000500)');
  });
});

test('variables that only some stages have stay, and those of the fallback too', () => {
  expect(variablesOf('sls-stage-maps', 'dev')).toMatchObject({
    Variables: { LEVEL: 'info', ONLY_DEFAULT: 'yes', ONLY_PROD: '' },
  });
  expect(variablesOf('sls-stage-maps', 'prod')).toMatchObject({
    Variables: { LEVEL: 'warn', ONLY_PROD: 'yes' },
  });
});

describe('messy options', () => {
  const { app, notes } = migrateHere('sls-messy-options');

  test('a setting that is lost takes no other with it', () => {
    expect(app).toMatch(/memorySize: 512[^]*environment: \{ LEVEL: 'debug' \}/);
    expect(notes.map(({ text }) => text)).toContain(
      'the setting `layers` is not carried over: it refers to GoneLambdaLayer, which the app does not have',
    );
  });

  test('a variable that only the framework knows is left out, and reported', () => {
    expect(app).not.toContain('QUEUE:');
    expect(lostAt('sls-messy-options')).toContain('functions.work.environment.QUEUE');
  });

  test('options without a meaning here are reported', () => {
    expect(lostAt('sls-messy-options')).toEqual(
      expect.arrayContaining(['provider.somethingNew', 'functions.work.runtimeManagement']),
    );
  });

  test('a sender of a user pool, which needs a key, is reported', () => {
    expect(app).toContain('UserPoolOperation.POST_CONFIRMATION');
    expect(notes.map(({ text }) => text).join()).toContain('CustomEmailSender needs a KMS key');
  });

  test('a role by its logical id is the role of the definition', () => {
    expect(app).toContain('lambdaRole.attrArn');
    expect(app).toContain("Tags.of(work).add('team', 'core')");
  });

  test('a stream is read from its time; without a time it is reported', () => {
    expect(app).toContain('new Date(1000000123000)');
    expect(notes.map(({ text }) => text).join('\n')).toContain(
      'it begins at a time that the definition does not give',
    );
  });

  test('nothing refers to a state machine that is lost', () => {
    expect(app).not.toMatch(/value: order\w*\./);
    expect(lostAt('sls-messy-options')).toContain('Outputs.Order');
  });
});

test('a definition without functions is a stack without an app', () => {
  const { app } = migrateHere('sls-infra-only');

  expect(app).not.toContain('ServerlessApp');
  expect(Object.keys(synthesize(app).Resources ?? {})).toEqual(['Site']);
});
