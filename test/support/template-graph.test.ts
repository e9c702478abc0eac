import { ResourceJson } from './synth';
import { findCycle } from './template-graph';

const resource = (Properties: Record<string, unknown>, DependsOn?: string[]): ResourceJson => ({
  Type: 'Some::Resource',
  Properties,
  DependsOn,
});

test.each([
  ['Ref', { X: { Ref: 'A' } }],
  ['Fn::GetAtt as a list', { X: { 'Fn::GetAtt': ['A', 'Arn'] } }],
  ['Fn::GetAtt as text', { X: { 'Fn::GetAtt': 'A.Arn' } }],
  ['Fn::Sub', { X: { 'Fn::Sub': 'arn:${A}' } }],
  ['Fn::Sub of an attribute', { X: { 'Fn::Sub': ['${A.Arn}${B}', { B: '1' }] } }],
  ['a variable of Fn::Sub', { X: { 'Fn::Sub': ['${V}', { V: { Ref: 'A' } }] } }],
  ['a reference deep inside', { X: [{ Y: { 'Fn::Join': ['', ['a', { Ref: 'A' }]] } }] }],
])('a cycle by %s is found', (_name, properties) => {
  const template = { Resources: { A: resource({}, ['B']), B: resource(properties) } };

  expect(findCycle(template)).toEqual(['A', 'B', 'A']);
});

test('a cycle over three resources is reported with its whole path', () => {
  const template = {
    Resources: { A: resource({}, ['B']), B: resource({}, ['C']), C: resource({}, ['A']) },
  };

  expect(findCycle(template)).toEqual(['A', 'B', 'C', 'A']);
});

test('two paths to one resource are no cycle', () => {
  const template = {
    Resources: { A: resource({}, ['B', 'C']), B: resource({}, ['C']), C: resource({}) },
  };

  expect(findCycle(template)).toBeUndefined();
});
