import { Guard } from './guard';

/** A deliberate act that is looked at twice. */
export const destroyedStorage: Guard = {
  id: 'destroyed-storage',
  severities: ['warning'],
  what: 'In production, a table or a bucket of the app that is removed with the stack, or when its resource is taken out of it.',
  why: 'Deleting the stack, renaming the table’s id or moving it deletes the data, and CloudFormation does not ask.',
  fix: 'Leave out `removalPolicy`, which is `RETAIN` in production.',
  accept: 'The data can be made again: a cache, an import.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  check: ({ production, storage }) =>
    storage
      .filter(({ destroyed }) => production && destroyed)
      .map(({ prop, path }) => ({
        prop: `${prop}.removalPolicy`,
        rule: 'must keep the data in production',
        got: `DESTROY of ${path}`,
        remedy:
          'leave `removalPolicy` out, or acknowledge this warning where the data can be made again',
      })),
};
