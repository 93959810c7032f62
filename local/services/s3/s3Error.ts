import { RestXmlError } from "../../protocol/restXmlError.ts";

export class S3Error extends RestXmlError {}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error("NoSuchBucket", "The specified bucket does not exist", {
    status: 404,
    details: { BucketName: bucket },
  });
}

export function noSuchKey(key: string, headers?: Readonly<Record<string, string>>): S3Error {
  return new S3Error("NoSuchKey", "The specified key does not exist.", {
    status: 404,
    details: { Key: key },
    ...(headers && { headers }),
  });
}

export function noSuchVersion(key: string, versionId = ""): S3Error {
  return new S3Error("NoSuchVersion", "The specified version does not exist.", {
    status: 404,
    details: { Key: key, VersionId: versionId },
  });
}

export function noSuchUpload(uploadId: string): S3Error {
  return new S3Error(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { status: 404, details: { UploadId: uploadId } },
  );
}

/** @param condition the header that did not hold, as S3 spells it */
export function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { status: 412, details: { Condition: condition } },
  );
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error("InvalidArgument", message, {
    details: { ArgumentName: name, ArgumentValue: value },
  });
}

export function invalidRequest(message: string): S3Error {
  return new S3Error("InvalidRequest", message);
}

export function malformedXml(): S3Error {
  return new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
