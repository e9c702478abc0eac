/**
 * What Stryker breaks, by area, and the tests that have to see it: those that call the functions, and make no app where it can be helped,
 * since each mutant runs all of them that reach it. `MUTATION_AREAS=guard,cost` chooses; without it, all.
 *
 * @type {Record<string, { mutate: readonly string[], tests: readonly string[] }>}
 */
const AREAS = {
  monitoring: {
    mutate: [
      'lib/monitoring/{alarm-threshold,report-patterns}.ts',
      'lib/monitoring/private/alarm-{model,names,rules}.ts',
      'lib/monitoring/private/{longest-gap,schedule-window,address-rules}.ts',
    ],
    tests: [
      'test/monitoring/alarm-rules.test.ts',
      'test/monitoring/alarm-threshold.test.ts',
      'test/monitoring/schedule-window.test.ts',
      'test/monitoring/address-rules.test.ts',
      'test/monitoring/report-patterns.test.ts',
    ],
  },
  cost: {
    mutate: ['lib/cost/*.ts', 'lib/estimate/cost-estimate.ts', '!lib/cost/cost-tag.ts'],
    tests: [
      'test/cost/assumptions.test.ts',
      'test/cost/bill.test.ts',
      'test/cost/cost-estimate.test.ts',
      'test/cost/items.test.ts',
      'test/cost/loads.test.ts',
      'test/cost/price-list.test.ts',
      'test/cost/run-rate.test.ts',
      'test/cost/standing-concurrency.test.ts',
      'test/cost/standing-cost.test.ts',
      'test/cost/estimate.test.ts', // random apps take long: last, so that others see first what they see
    ],
  },
  function: {
    mutate: [
      'lib/function/private/{cold-start,function,rollout}-rules.ts',
      'lib/function/private/{default-timeout,function-options,function-variables,switched}.ts',
      'lib/bundling/{asset-size,externals,import-clauses,module-paths}.ts',
    ],
    tests: [
      'test/function/private/cold-start-rules.test.ts',
      'test/function/private/function-options.test.ts',
      'test/function/private/function-rules.test.ts',
      'test/function/private/rollout-rules.test.ts',
      'test/bundling/asset-size.test.ts',
      'test/bundling/import-clauses.test.ts',
      'test/bundling/module-paths.test.ts',
    ],
  },
  guard: {
    mutate: ['lib/guard/*.ts'],
    tests: [
      'test/guard/deployed-size.test.ts',
      'test/guard/flows.test.ts',
      'test/guard/found.test.ts',
      'test/guard/further-guards.test.ts',
      'test/guard/guards.test.ts',
      'test/guard/secrets.test.ts',
      'test/guard/told.test.ts',
    ],
  },
  core: {
    mutate: [
      'lib/app/app-rules.ts',
      'lib/core/{changed-defaults,disk,free-ids,known-name,known-reference,names,physical-names}.ts',
      'lib/estimate/usage-model.ts',
      'lib/model/{object-event-types,route-shape,shard-of}.ts',
      'lib/props/*.ts',
      'lib/storage/table-rules.ts',
      'lib/synthesis/template-bytes.ts',
    ],
    tests: [
      'test/app/app-rules.test.ts',
      'test/core/changes-recorded.test.ts',
      'test/core/disk.test.ts',
      'test/model/object-event-types.test.ts',
      'test/core/free-ids.test.ts',
      'test/core/deterministic-name.test.ts',
      'test/core/names.test.ts',
      'test/props/nearest.test.ts',
      'test/props/options.test.ts',
      'test/core/physical-names.test.ts',
      'test/props/prop-check.test.ts',
      'test/props/cdk-props.test.ts',
      'test/props/kinds.test.ts',
      'test/props/prop-set.test.ts',
      'test/model/shard-of.test.ts',
      'test/props/stable-text.test.ts',
      'test/storage/table-rules.test.ts',
      'test/synthesis/template-bytes.test.ts',
      'test/estimate/usage-model.test.ts',
      'test/http/route-key.test.ts',
    ],
  },
  scaling: {
    mutate: ['lib/scaling/*.ts', 'lib/function/load.ts'],
    tests: [
      'test/scaling/account-limits.test.ts',
      'test/scaling/load-of-function.test.ts',
      'test/scaling/provisioned.test.ts',
      'test/scaling/simulate-load.test.ts',
      'test/scaling/load.test.ts',
    ],
  },
  schedule: {
    mutate: ['lib/schedule/*.ts'],
    tests: [
      'test/schedule/clock-changes.test.ts',
      'test/schedule/cron-fields.test.ts',
      'test/schedule/events-a-month.test.ts',
      'test/schedule/longest-gap.test.ts',
    ],
  },
  trigger: {
    mutate: [
      'lib/core/schedule-rules.ts',
      'lib/http/{http-rules,route-key}.ts',
      'lib/trigger/source-rules.ts',
      'lib/trigger/object/{object-patterns,object-rule}.ts',
    ],
    tests: [
      'test/http/http-rules.test.ts',
      'test/trigger/object/object-patterns.test.ts',
      'test/trigger/object/object-rule.test.ts',
      'test/http/route-key.test.ts',
      'test/core/schedule-rules.test.ts',
      'test/trigger/source-rules.test.ts',
    ],
  },
};

/** @param {string} chosen names of areas, by commas; all of them where it is empty */
export function areaNames(chosen = '') {
  const known = Object.keys(AREAS);
  const names = chosen === '' ? known : chosen.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`\`MUTATION_AREAS\` must name areas (${known.join(', ')}), got ${unknown}`);
  }
  return names;
}

/** @param {string} [chosen] */
export function areasOf(chosen) {
  const areas = areaNames(chosen).map((name) => AREAS[name]);
  return {
    mutate: areas.flatMap(({ mutate }) => mutate),
    tests: [...new Set(areas.flatMap(({ tests }) => tests))],
  };
}

/** @param {string} [chosen] */
export function reportOf(chosen) {
  return `.stryker-report/${areaNames(chosen).join('-')}.json`;
}
