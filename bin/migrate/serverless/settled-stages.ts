import type { Note } from '../model';
import { ByStage, isMap, mapOf, Value } from '../value';

/** If a whole part depends on the stage, uses the part for the default stage. Single values may still depend on the stage. */
export function settled(value: Value, stage: string, note: (note: Note) => void): Value {
  if (value instanceof ByStage) {
    const one = value.values[stage] ?? value.fallback ?? Object.values(value.values)[0];
    const isPart = isMap(one) || Array.isArray(one);
    if (!isPart) {
      return value;
    }
    if (isEqualInAll(value)) {
      return settled(one, stage, note);
    }
    if (isMap(one)) {
      return byKeys(value, stage, note);
    }
    note({
      kind: 'check',
      at: 'stages',
      text: `a part differs by stage; app.ts has the one for \`${stage}\`: ${JSON.stringify(one).slice(0, 80)}`,
    });
    return settled(one, stage, note);
  }
  if (Array.isArray(value)) {
    return value.map((one: Value) => settled(one, stage, note));
  }
  return isMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, settled(one, stage, note)]),
      )
    : value;
}

function isEqualInAll({ values, fallback }: ByStage): boolean {
  const texts = [...Object.values(values), ...(fallback === undefined ? [] : [fallback])].map(
    (one) => JSON.stringify(one),
  );
  return new Set(texts).size === 1 && fallback !== undefined;
}

/** Turns one map per stage into a single map whose values depend on the stage. */
function byKeys(value: ByStage, stage: string, note: (note: Note) => void): Value {
  const keys = [
    ...new Set(
      [...Object.values(value.values), value.fallback].flatMap((one) => Object.keys(mapOf(one))),
    ),
  ];
  return Object.fromEntries(
    keys.map((key) => {
      const values = Object.entries(value.values).map(
        ([name, one]) => [name, mapOf(one)[key]] as const,
      );
      const given = values.filter(([, one]) => one !== undefined);
      const fallback = mapOf(value.fallback)[key];
      return [key, settled(new ByStage(Object.fromEntries(given), fallback), stage, note)];
    }),
  );
}
