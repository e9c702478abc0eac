import { Guard } from './guard';

/** A function with an alias that something runs without it: the newest code, cold, at once for all. */
export const pastAlias: Guard = {
  id: 'past-alias',
  severities: ['warning'],
  what:
    'A permission, an event source mapping, a function URL or a schedule that names the function itself (`fn.function`) where the ' +
    'function has an alias (`coldStart` or `rollout`).',
  why:
    'Those events run `$LATEST`: without the environments that are kept ready and paid for, without the snapshot, and without the ' +
    'rollout that would have brought a bad version back.',
  fix: 'Connect it to `fn.target`, which is the alias where there is one.',
  accept: 'The events are meant to run `$LATEST`, as in a test of it.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html',
  check: ({ functions }) =>
    functions.flatMap(({ id, pastAlias: paths }) =>
      paths.map((path) => ({
        prop: `functions.${id}.triggers`,
        function: id,
        rule: 'must go through the function’s alias',
        got: `${path}, which runs \`$LATEST\``,
        remedy: 'name `fn.target` there instead of `fn.function`',
      })),
    ),
};
