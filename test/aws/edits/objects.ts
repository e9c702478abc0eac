import * as s3 from 'aws-cdk-lib/aws-s3';
import { Trigger } from 'cdk-serverless-app';
import { always, both, Edit, fine, objects, troubled, version } from './edit';

const one = version(objects('Import', { prefix: 'in/' }));
const none = version(both(always, (app) => void app.addBucket('Uploads')));
const without = version(always);

export const OBJECT_EDITS: readonly Edit[] = [
  fine('add a function for the objects of a bucket', none, one),
  fine('remove the function for the objects of a bucket, and add it again', one, none, one),
  fine(
    'rename the function (or its file) of a bucket’s objects',
    one,
    version(objects('Other', { prefix: 'in/' })),
  ),
  fine(
    'move the objects of a bucket to another function',
    version(both(objects('Import'), (app) => void app.addFunction('Other', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('Import', { entry: 'ok.ts' });
        app.addFunction('Other', {
          entry: 'other.ts',
          triggers: [Trigger.objectCreated(app.addBucket('Uploads'))],
        });
      }),
    ),
  ),
  fine('change `prefix`', one, version(objects('Import', { prefix: 'other/' }))),
  fine(
    'set and unset `suffix` of a bucket’s objects',
    one,
    version(objects('Import', { prefix: 'in/', suffix: '.csv' })),
    one,
  ),
  fine(
    'set and unset `eventTypes` of a bucket’s objects',
    one,
    version(objects('Import', { prefix: 'in/', eventTypes: [s3.EventType.OBJECT_CREATED_PUT] })),
    one,
  ),
  fine(
    'set and unset `monthlyEvents` of a bucket’s objects',
    one,
    version(objects('Import', { prefix: 'in/', monthlyEvents: { moderate: 7 } })),
    one,
  ),
  fine('add a bucket', without, none),
  troubled(
    'rename a bucket’s id',
    [none, version(both(always, (app) => void app.addBucket('Intake')))],
    {
      kinds: ['left-behind'],
      what: 'The app has a new, empty bucket. The old one stays in the account with its objects.',
      instead: 'Keep the id. Or copy the objects after the deployment (`aws s3 sync`).',
    },
  ),
  troubled('remove a bucket, and add it again', [none, without, none], {
    kinds: ['left-behind', 'will-fail'],
    what: 'The removed bucket stays in the account, so its name is already taken when you add it again.',
    instead:
      'Deploy with `cdk deploy --import-existing-resources`, which imports the old bucket and its objects into the stack.',
  }),
];
