import { Guard } from './guard';

/** Deleting production data must be a deliberate decision. */
export const destroyedStorage: Guard = {
  id: 'destroyed-storage',
  severities: ['warning'],
  what: 'A production table or bucket of the app that CloudFormation deletes together with the stack, or when the resource is removed from the template.',
  why: 'Deleting the stack, renaming the table’s id or moving the table deletes its data. CloudFormation does not ask for confirmation.',
  fix: 'Omit `removalPolicy`; the default in production is `RETAIN`.',
  accept: 'The data can be recreated, like a cache or an import.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  check: ({ production, storage }) =>
    storage
      .filter(({ destroyed }) => production && destroyed)
      .map(({ prop, path }) => ({
        prop: `${prop}.removalPolicy`,
        rule: 'must keep the data in production',
        got: `DESTROY of ${path}`,
        remedy: 'omit `removalPolicy`, or acknowledge this warning if the data can be recreated',
      })),
};
