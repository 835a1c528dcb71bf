/**
 * The dictionary for the compression of small payloads: names and values that many senders write. A webhook of 1 KB
 * consists mostly of these, and is too short to contain repetitions. The most common text is last, because a reference
 * to it is shortest there.
 *
 * Stored events can be read only with exactly these bytes. Never change this text. For a better dictionary, add it with
 * another number in `payload-compression.ts`, and keep this one for the events that are already stored.
 */
export const dictionary1 = /* @__PURE__ */ Buffer.from(
  '"description":"","message":"","email":"@example.com","status":"active","state":"open","success":true,' +
    '"error":null,"result":[],"items":[{"id":"","quantity":1,"price":"0.00","sku":"","title":"","name":""}],' +
    '"total_price":"","currency":"USD","currency":"EUR","amount":1000,"country":"US","address":{"line1":null,' +
    '"line2":null,"city":"","postal_code":"","state":""},"first_name":"","last_name":"","phone":null,"order_id":"",' +
    '"customer_id":"","customer":{"id":"cus_","email":"","metadata":{},"object":"event","api_version":"2026-01-01",' +
    '"created":17,"data":{"object":{"id":"","object":"payment_intent","livemode":false,"pending_webhooks":1,' +
    '"request":{"id":"req_","idempotency_key":null},"type":"customer.subscription.updated","payment_method":"card",' +
    '"invoice":"in_","subscription":"sub_","product_id":,"variant_id":,"admin_graphql_api_id":"gid://shopify/",' +
    '"line_items":[{"team_id":"T","api_app_id":"A","event":{"type":"message","channel":"C","user":"U","text":"",' +
    '"ts":"17","event_id":"Ev","event_time":17,"authorizations":[{"enterprise_id":null,"is_bot":true}],' +
    '"account_id":"","accountId":"","workspace_id":"","project":{"id":,"name":"","web_url":"https://",' +
    '"description":null,"avatar_url":null,"visibility_level":0,"object_kind":"push","event_name":"",' +
    '"object_attributes":{"published_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",' +
    '"created_at":"2026-01-01T00:00:00.000Z","createdAt":"2026-","updatedAt":"2026-","timestamp":"2026-",' +
    '"vulnerable_version_range":"","first_patched_version":{"identifier":""},"package":{"ecosystem":"npm",' +
    '"name":"","references":[{"url":"https://www.","severity":"high",' +
    '"summary":" allows remote attackers to cause a denial of service via an unspecified vector",' +
    '"identifiers":[{"value":"GHSA-","type":"GHSA"},{"value":"CVE-2026-","type":"CVE"}],"ref":"refs/heads/main",' +
    '"before":"0000000000000000000000000000000000000000","after":"","repository":{"id":,' +
    '"node_id":"MDEwOlJlcG9zaXRvcnk","name":"","full_name":"/","private":false,"owner":{"login":"","id":,' +
    '"node_id":"MDQ6VXNlcj","avatar_url":"https://avatars.githubusercontent.com/u/?v=4","gravatar_id":"",' +
    '"url":"https://api.github.com/users/","html_url":"https://github.com/",' +
    '"followers_url":"https://api.github.com/users//followers",' +
    '"following_url":"https://api.github.com/users//following{/other_user}",' +
    '"gists_url":"https://api.github.com/users//gists{/gist_id}",' +
    '"starred_url":"https://api.github.com/users//starred{/owner}{/repo}",' +
    '"subscriptions_url":"https://api.github.com/users//subscriptions",' +
    '"organizations_url":"https://api.github.com/users//orgs","repos_url":"https://api.github.com/users//repos",' +
    '"events_url":"https://api.github.com/users//events{/privacy}",' +
    '"received_events_url":"https://api.github.com/users//received_events","type":"User","type":"Organization",' +
    '"site_admin":false},"url":"https://api.github.com/repos/",' +
    '"labels_url":"https://api.github.com/repos///labels{/name}",' +
    '"comments_url":"https://api.github.com/repos///issues//comments","sender":{"login":"","installation":{"id":,' +
    '"organization":{"login":"","id":,"action":"created","action":"opened","number":1,' +
    '"id":"content-type":"application/x-www-form-urlencoded","content-type":"application/json; charset=utf-8",' +
    '"accept-encoding":"gzip, deflate, br","accept-encoding":"gzip","connection":"close",' +
    '"cache-control":"no-cache","accept":"*/*; q=0.5, application/xml","accept":"application/json",' +
    '"authorization":"REDACTED","query":"token=REDACTED","user-agent":"python-requests/2.",' +
    '"user-agent":"Go-http-client/1.1","user-agent":"axios/1.","user-agent":"Mozilla/5.0 (compatible; )",' +
    '"stripe-signature":"t=17,v1=","user-agent":"Stripe/1.0 (+https://stripe.com/docs/webhooks)",' +
    '"x-slack-request-timestamp":"17","x-slack-signature":"v0=",' +
    '"user-agent":"Slackbot 1.0 (+https://api.slack.com/robots)","x-shopify-api-version":"2026-01",' +
    '"x-shopify-event-id":"","x-shopify-hmac-sha256":"=","x-shopify-shop-domain":".myshopify.com",' +
    '"x-shopify-topic":"orders/","x-shopify-triggered-at":"2026-","x-shopify-webhook-id":"",' +
    '"x-gitlab-event":"Push Hook","x-gitlab-token":"REDACTED","x-gitlab-event-uuid":"","webhook-id":"msg_",' +
    '"webhook-signature":"v1,","webhook-timestamp":"17","svix-id":"msg_","svix-signature":"v1,",' +
    '"svix-timestamp":"17","x-twilio-signature":"","x-signature":"","x-request-id":"","x-event-key":"repo:push",' +
    '"x-webhook-id":"","x-hook-","user-agent":"GitHub-Hookshot/","x-github-delivery":"","x-github-event":"push",' +
    '"x-github-hook-id":"","x-github-hook-installation-target-id":"",' +
    '"x-github-hook-installation-target-type":"organization","x-github-hook-installation-target-type":"repository",' +
    '"x-hub-signature":"sha1=","x-hub-signature-256":"sha256=","traceparent":"00-","x-amz-cf-id":"",' +
    '"via":"2.0 .cloudfront.net (CloudFront)"{"connection":"","provider":"generic","requestId":"=","path":"",' +
    '"sourceIp":"","verifiedBy":"token","verifiedBy":"signature","query":"","headers":{"accept":"*/*",' +
    '"content-length":"10","content-type":"application/json","host":".execute-api.us-east-1.amazonaws.com",' +
    '"user-agent":"","x-amzn-trace-id":"Root=1-6","x-forwarded-for":"","x-forwarded-port":"443",' +
    '"x-forwarded-proto":"https"',
);
