/** A change of an object in a bucket, from S3's event notification or S3's event of EventBridge. */
export type ObjectChange = {
  /** `other` is an event that neither creates nor removes an object: tags, restores, access lists. */
  readonly kind: "created" | "removed" | "other";
  /**
   * S3's name of the event, without the prefix `s3:`. For example `ObjectCreated:Put`. An event of EventBridge
   * whose cause is not documented has its detail type here, such as `Object Created`.
   */
  readonly eventName: string;
  /** When S3 finished the request, in ISO 8601, UTC. */
  readonly time: string;
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** Bytes. Absent on removals. */
  readonly size?: number | undefined;
  /** Without quotation marks. Absent on removals, except in events of EventBridge. */
  readonly etag?: string | undefined;
  readonly versionId?: string | undefined;
  /** Orders the creations and removals of one key. Compare `sortableSequencer` of it. */
  readonly sequencer?: string | undefined;
  /** Id of the request that made the change, as in S3's access log. */
  readonly requestId?: string | undefined;
  /** S3's id of the user or role that made the change. Absent in events of EventBridge. */
  readonly principalId?: string | undefined;
  /** Account id or service that made the change. Only in events of EventBridge. */
  readonly requester?: string | undefined;
  /** Address that the request came from. */
  readonly sourceIp?: string | undefined;
};
