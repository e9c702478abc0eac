import type { IResource } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { Access } from '../../access/access';
import type { AccessOptions } from '../../access/access-options';
import type { StorageAccessOptions } from '../../access/storage-access-options';
import type { Sentence } from './sentence';

type OfStorage = Sentence<IResource, StorageAccessOptions>;

const STORAGE = 'table or bucket';

export const READS: OfStorage = {
  method: 'reads',
  noun: STORAGE,
  access: (resource, options) => Access.read(resource, options),
};

export const WRITES: OfStorage = {
  method: 'writes',
  noun: STORAGE,
  access: (resource, options) => Access.write(resource, options),
};

export const READS_AND_WRITES: OfStorage = {
  method: 'readsAndWrites',
  noun: STORAGE,
  access: (resource, options) => Access.readWrite(resource, options),
};

export const CALLS: Sentence<IConstruct, AccessOptions> = {
  method: 'calls',
  noun: 'function',
  access: (fn, options) => Access.invoke(fn, options),
};

export const SENDS: Sentence<sqs.IQueue, AccessOptions> = {
  method: 'sends',
  noun: 'queue',
  access: (queue, options) => Access.send(queue, options),
};

export const PUBLISHES: Sentence<sns.ITopic, AccessOptions> = {
  method: 'publishes',
  noun: 'topic',
  access: (topic, options) => Access.publish(topic, options),
};
