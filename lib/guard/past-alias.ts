import { Guard } from './guard';

/** An invocation that bypasses the function's alias, and so runs the latest code, cold, and without the rollout. */
export const pastAlias: Guard = {
  id: 'past-alias',
  severities: ['warning'],
  what: 'A permission, event source mapping, function URL or schedule that references the function itself (`fn.function`) although the function has an alias (`coldStart` or `rollout`).',
  why: 'Those events run `$LATEST`: without the provisioned environments you pay for, without the snapshot, and without the rollout that would have rolled back a bad version.',
  fix: 'Reference `fn.target`, which is the alias if there is one.',
  accept: 'The events are meant to run `$LATEST`, for example to test it.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html',
  check: ({ functions }) =>
    functions.flatMap(({ id, pastAlias: paths }) =>
      paths.map((path) => ({
        prop: `functions.${id}.triggers`,
        function: id,
        rule: 'must invoke the function’s alias',
        got: `${path}, which invokes \`$LATEST\``,
        remedy: 'reference `fn.target` there instead of `fn.function`',
      })),
    ),
};
