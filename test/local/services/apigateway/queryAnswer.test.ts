import { expect } from "chai";
import { queryAnswer } from "../../../../local/services/apigateway/rest/queryAnswer.ts";

describe("an answer of the query protocol to API Gateway", () => {
  const headers = { "content-type": "text/xml" };
  const read = (body: string, status = 200) => {
    const answer = queryAnswer({ status, headers, body });
    expect(answer.headers).to.deep.equal({ "content-type": "application/json" });
    expect(answer.status).to.equal(status);
    return JSON.parse(answer.body);
  };

  it("is JSON, with the elements as members", () => {
    const body =
      '<?xml version="1.0"?><SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult><MessageId>m</MessageId></SendMessageResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendMessageResponse>';
    expect(read(body)).to.deep.equal({
      SendMessageResponse: {
        SendMessageResult: { MessageId: "m" },
        ResponseMetadata: { RequestId: "r" },
      },
    });
  });

  it("has lists where elements repeat", () => {
    const body =
      "<R><Result><Message><Id>1</Id></Message><Message><Id>2</Id></Message></Result></R>";
    expect(read(body)).to.deep.equal({ R: { Result: { Message: [{ Id: "1" }, { Id: "2" }] } } });
  });

  it("tells an error without an element around it", () => {
    const body =
      "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>";
    expect(read(body, 403)).to.deep.equal({
      Error: { Type: "Sender", Code: "AccessDenied", Message: "no" },
      RequestId: "r",
    });
  });

  it("stays what it is if it is no XML", () => {
    const answer = { status: 200, headers: { "content-type": "application/json" }, body: "{}" };
    expect(queryAnswer(answer)).to.equal(answer);
    const damaged = { status: 200, headers, body: "<R>" };
    expect(queryAnswer(damaged)).to.equal(damaged);
  });
});
