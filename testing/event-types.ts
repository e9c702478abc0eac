/**
 * Lambda events as the builders create them. They are assignable to the types of `@types/aws-lambda`, which need not be
 * installed.
 */

/** A request by an HTTP API with payload format 2.0, or to a function URL. */
export interface HttpEvent {
  version: string;
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  pathParameters?: Record<string, string>;
  requestContext: {
    accountId: string;
    apiId: string;
    domainName: string;
    domainPrefix: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    requestId: string;
    routeKey: string;
    stage: string;
    time: string;
    timeEpoch: number;
    /** The result of the authorizer, for example `{ jwt: { claims, scopes } }`. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each authorizer has a type of its own
    authorizer?: any;
  };
  body?: string;
  isBase64Encoded: boolean;
}

/** A request by a REST API, or by an HTTP API with payload format 1.0. */
export interface RestEvent {
  version: string;
  resource: string;
  path: string;
  httpMethod: string;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  queryStringParameters: Record<string, string> | null;
  multiValueQueryStringParameters: Record<string, string[]> | null;
  pathParameters: Record<string, string> | null;
  stageVariables: Record<string, string> | null;
  requestContext: {
    accountId: string;
    apiId: string;
    domainName: string;
    domainPrefix: string;
    httpMethod: string;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each authorizer has a type of its own
    authorizer: any;
    identity: {
      accessKey: string | null;
      accountId: string | null;
      apiKey: string | null;
      apiKeyId: string | null;
      caller: string | null;
      clientCert: null;
      cognitoAuthenticationProvider: string | null;
      cognitoAuthenticationType: string | null;
      cognitoIdentityId: string | null;
      cognitoIdentityPoolId: string | null;
      principalOrgId: string | null;
      sourceIp: string;
      user: string | null;
      userAgent: string | null;
      userArn: string | null;
    };
    path: string;
    protocol: string;
    requestId: string;
    requestTimeEpoch: number;
    resourceId: string;
    resourcePath: string;
    stage: string;
  };
  body: string | null;
  isBase64Encoded: boolean;
}

/** A DynamoDB value in the form of a stream record; binary data is in base64. */
export type TableValue =
  | { B: string }
  | { BOOL: boolean }
  | { BS: string[] }
  | { L: TableValue[] }
  | { M: Record<string, TableValue> }
  | { N: string }
  | { NS: string[] }
  | { NULL: boolean }
  | { S: string }
  | { SS: string[] };

/** A batch of table changes. */
export interface TableChangeEvent {
  Records: Array<{
    eventID: string;
    eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
    eventVersion: string;
    eventSource: string;
    awsRegion: string;
    dynamodb: {
      ApproximateCreationDateTime: number;
      Keys: Record<string, TableValue>;
      NewImage?: Record<string, TableValue>;
      OldImage?: Record<string, TableValue>;
      SequenceNumber: string;
      SizeBytes: number;
      StreamViewType: 'NEW_AND_OLD_IMAGES';
    };
    eventSourceARN: string;
  }>;
}

/** An S3 notification about one object. */
export interface ObjectEvent {
  Records: Array<{
    eventVersion: string;
    eventSource: string;
    awsRegion: string;
    eventTime: string;
    eventName: string;
    userIdentity: { principalId: string };
    requestParameters: { sourceIPAddress: string };
    responseElements: { 'x-amz-request-id': string; 'x-amz-id-2': string };
    s3: {
      s3SchemaVersion: string;
      configurationId: string;
      bucket: { name: string; ownerIdentity: { principalId: string }; arn: string };
      object: { key: string; size: number; eTag: string; sequencer: string };
    };
  }>;
}

/** An EventBridge event. */
export interface BusEvent<Type extends string = string, Detail = unknown> {
  version: string;
  id: string;
  'detail-type': Type;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Detail;
}

/** A batch of messages from a queue. */
export interface QueueEvent {
  Records: Array<{
    messageId: string;
    receiptHandle: string;
    body: string;
    attributes: {
      ApproximateReceiveCount: string;
      SentTimestamp: string;
      SenderId: string;
      ApproximateFirstReceiveTimestamp: string;
      SequenceNumber?: string;
      MessageGroupId?: string;
      MessageDeduplicationId?: string;
    };
    messageAttributes: Record<string, { dataType: string; stringValue?: string }>;
    md5OfBody: string;
    eventSource: string;
    eventSourceARN: string;
    awsRegion: string;
  }>;
}

/** A message from a topic. */
export interface TopicEvent {
  Records: Array<{
    EventSource: string;
    EventVersion: string;
    EventSubscriptionArn: string;
    Sns: {
      Type: string;
      MessageId: string;
      TopicArn: string;
      /** Lambda passes `null` for a message without a subject. */
      Subject?: string;
      Message: string;
      Timestamp: string;
      SignatureVersion: string;
      Signature: string;
      SigningCertUrl: string;
      UnsubscribeUrl: string;
      MessageAttributes: Record<string, { Type: string; Value: string }>;
    };
  }>;
}

/** A batch of records from a Kinesis stream. */
export interface StreamEvent {
  Records: Array<{
    kinesis: {
      kinesisSchemaVersion: string;
      partitionKey: string;
      sequenceNumber: string;
      data: string;
      approximateArrivalTimestamp: number;
    };
    eventSource: string;
    eventVersion: string;
    eventID: string;
    eventName: string;
    invokeIdentityArn: string;
    awsRegion: string;
    eventSourceARN: string;
  }>;
}

/** An event from a Cognito user pool. `request` and `response` depend on the operation. */
export interface UserPoolEvent {
  version: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  triggerSource: string;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}

/** A connection to a WebSocket API, or a message. */
export interface WebSocketEvent {
  headers?: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  requestContext: {
    routeKey: string;
    eventType: 'CONNECT' | 'DISCONNECT' | 'MESSAGE';
    /** Only for a message. */
    messageId: string;
    messageDirection: 'IN';
    connectionId: string;
    connectedAt: number;
    requestTime: string;
    requestTimeEpoch: number;
    requestId: string;
    extendedRequestId: string;
    apiId: string;
    domainName: string;
    stage: string;
  };
  body?: string;
  isBase64Encoded: boolean;
}
