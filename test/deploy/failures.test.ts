// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the unit tests assert the templates, and
// CONTRIBUTING lists them:
// - a stream batch that fails: the number of retries, bisecting, the partial batch response, and the whole record in the
//   failure bucket (the emulator repeats the whole batch until the record's age is over);
// - EventBridge Scheduler's own retries and its delivery to the failure queue; that it invokes Lambda asynchronously, with Lambda's retries (the emulator's scheduler runs the function once, so the test sends the event itself);
// - throttles of the API and of Lambda, and access logs; the API's own check of a signature (AWS_IAM);
// - arm64 and the real runtime: the emulator runs handlers with the Node.js that is on the PATH.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import {
  emptyBucket,
  failedEvent,
  failureMessage,
  fireSchedule,
  handOverAsScheduler,
  request,
  SCHEDULE_PATIENCE,
  upload,
} from './support/drive';
import { workFolder } from './support/folders';
import { eventually } from './support/eventually';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

// A copy, since a test changes a handler. It is inside the repository so that modules and tsconfig.json are found.
const folder = workFolder('failures');
fs.cpSync(path.join(__dirname, 'fixtures', 'failures'), folder, { recursive: true });
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describeDeployed('an app that fails', { folder, stackName: 'Failures' }, (app) => {
  test('an S3 event that the handler fails on reaches the failure queue unchanged', async () => {
    const { target, stack } = app();

    await upload(target, stack.output('FilesBucket'), 'in/poison.txt', 'poison');

    const name = stack.functionName('FailOnObject');
    const failed = await failedEvent(target, stack.output('FailureQueue'), name);
    expect(failed.requestContext.condition).toBe('RetriesExhausted');
    expect(failed.requestPayload).toMatchObject({
      Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'in/poison.txt' } } }],
    });
    expect(failed.responsePayload?.errorMessage).toBe('this handler always fails');
  });

  test('an event of a schedule that the handler fails on reaches the failure queue unchanged', async () => {
    const { target, stack } = app();

    const fire = REAL_ACCOUNT ? fireSchedule : handOverAsScheduler;
    await fire(target, stack, 'FailOnSchedule');

    const name = stack.functionName('FailOnSchedule');
    const failed = await failedEvent(target, stack.output('FailureQueue'), name, SCHEDULE_PATIENCE);
    expect(failed.requestPayload).toEqual({ report: 'daily' });
  });

  test('a record that Lambda puts into the failure bucket is announced in the failure queue', async () => {
    const { target, stack } = app();
    const record = 'aws/lambda/mapping/shard/2026/11/23/record';
    await upload(target, stack.output('FailureBucket'), record, '{}');

    const announced = await failureMessage<{ detail: { object: { key: string } } }>(
      target,
      stack.output('FailureQueue'),
      'the record',
      ({ detail }) => detail?.object.key === record,
    );

    expect(announced).toMatchObject({
      'detail-type': 'Object Created',
      detail: { bucket: { name: stack.output('FailureBucket') } },
    });
    await emptyBucket(target, stack.output('FailureBucket'));
  });

  test('a change of a handler takes effect with the next deployment', async () => {
    const { target, stack } = app();
    const version = async (): Promise<string> =>
      (await request(target, `${stack.output('Url')}version`)).body;
    expect(await version()).toBe('version one');

    const file = path.join(folder, 'src', 'version.ts');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('version one', 'version two'));
    const said = await app().deployAgain();

    expect(said).not.toMatch('(no changes)');
    await eventually('version two answers', async () => (await version()) === 'version two');
  });
});
