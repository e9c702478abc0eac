import * as fs from 'node:fs';
import * as path from 'node:path';
import { AppStage } from 'cdk-serverless-app';
import { renderUpdatesPage } from '../../scripts/updates-page';
import { allOptions } from '../support/all-options';
import { quickCdkApp, resources, ResourceJson } from '../support/synth';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'updates.md');

test('docs/updates.md has every edit of the matrix', () => {
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(renderUpdatesPage());
});

test('a first deployment that fails leaves behind what docs/updates.md says', () => {
  const stack = allOptions(quickCdkApp(), AppStage.PRODUCTION);
  const withPolicy = (policy: string): string[] => [
    ...new Set(
      Object.values(resources(stack))
        .filter((resource: ResourceJson & { DeletionPolicy?: string }) =>
          resource.Type === 'AWS::Scheduler::ScheduleGroup' // of the test, not of the app
            ? false
            : resource.DeletionPolicy === policy,
        )
        .map(({ Type }) => Type),
    ),
  ];

  expect(withPolicy('Retain')).toEqual(['AWS::DynamoDB::GlobalTable']);
  expect(withPolicy('RetainExceptOnCreate').sort()).toEqual([
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
  ]);
});
