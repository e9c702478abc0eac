import { Guard } from './guard';

/** An invocation that bypasses the function's alias, and so runs the latest code, cold, and without the rollout. */
export const pastAlias: Guard = {
  id: 'past-alias',
  severities: ['warning'],
  what: 'A permission, event source mapping, function URL or schedule that references the function itself (`fn.function`) although the function has an alias (`coldStart` or `rollout`).',
  why: 'Those events run `$LATEST`. It does not use the provisioned environments that you pay for or the snapshot, and a rollout cannot roll back a bad version.',
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
