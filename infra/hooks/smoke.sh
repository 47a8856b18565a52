#!/bin/sh
# Looks whether what was deployed works, from outside, and says in words what does not. It opens no case, sends no email and writes nothing.
# azd runs it after each deployment; by hand: infra/hooks/smoke.sh
set -eu
. "$(dirname "$0")/session.sh"
needs curl base64
begin
needs_values SERVICE_APP_ENDPOINT_URL AZURE_KEY_VAULT_NAME AZURE_EVENT_GRID_TOPIC_NAME

faults=0
good() { printf '  well   %s\n' "$1"; }
note() { printf '  note   %s\n' "$1"; }
fault() {
  faults=$((faults + 1))
  printf '  FAULT  %s\n' "$1"
}

# Asks the app: $status is what it answered, 000 where nothing did; the file body is what it said. An address with a secret comes by
# --config, since what stands on a command line can be read by everybody on the machine.
get() {
  : > "$folder/body"
  status=$(curl --silent --max-time 30 --output "$folder/body" --write-out '%{http_code}' --header 'Accept: application/json' "$@") ||
    status=000
}

# The detail of a problem, as the app words it.
detail() {
  sed -nE 's/.*"detail" *: *"(([^"\\]|\\.)*)".*/\1/p' "$folder/body" | sed "s/\\\\u0027/'/g"
}

look_at_secrets() {
  references
  if all_resolved; then
    good "Every Key Vault reference is resolved."
  else
    fault "Settings without their secrets, so the app does not start; infra/hooks/secrets.sh asks for them again:
$(unresolved)"
  fi
}

# The list may come a while after the deployment.
look_at_functions() {
  looks=20
  until list_functions && [ -z "$missing" ]; do
    looks=$((looks - 1))
    [ "$looks" -gt 0 ] || break
    pause
  done
  if [ -n "$unanswered" ]; then
    cat "$folder/words" >&2
    fault "The functions of $SERVICE_APP_NAME can't be listed; az says why above."
  elif [ -z "$missing" ]; then
    good "All functions are there, the timers Sweep, Comparison and Retention among them."
  else
    fault "Functions are missing:$missing. Without the timers no lost deadline is taken up. Deploy again: azd deploy"
  fi
}

list_functions() {
  unanswered=yes
  ask functionapp function list --resource-group "$AZURE_RESOURCE_GROUP" --name "$SERVICE_APP_NAME" --query '[].name' --output tsv ||
    return 1
  unanswered=
  answer | sed 's,.*/,,' > "$folder/functions"
  missing=
  for name in Advance Comparison EmailDelivery EscalationOrchestrator RaiseEscalation Retention SendNotice Sweep Web; do
    grep -qx "$name" "$folder/functions" || missing="$missing $name"
  done
}

without_sign_in="App Service authentication is off: no staff can sign in."

# The first answer after a deployment takes a start. That sign-in is off is said at once: no waiting changes it.
ask_readiness() {
  get "$SERVICE_APP_ENDPOINT_URL/health/ready"
  reason=$(detail)
  [ "$status" = 200 ] || [ "$reason" = "$without_sign_in" ]
}

look_at_readiness() {
  answers=yes
  looks=12
  until ask_readiness; do
    looks=$((looks - 1))
    [ "$looks" -gt 0 ] || break
    pause
  done
  if [ "$status" = 200 ] && grep -q '"status" *: *"ok"' "$folder/body"; then
    good "Ready: the database and the task hub answer, and no wake is late."
  elif [ "$status" = 200 ] && grep -q '"status" *: *"behind"' "$folder/body"; then
    note "Ready, but behind: a wake is over five minutes late, or a case fails to advance. The sweep takes it up; see the page /health."
  elif [ "$reason" = "$without_sign_in" ] && [ -z "${ESCALATION_ENTRA_CLIENT_ID:-}" ]; then
    note "Staff can't sign in yet: infra/README.md, \"Staff sign-in\". The task hub answers."
  elif [ "$reason" = "$without_sign_in" ]; then
    fault "Staff can't sign in, though ESCALATION_ENTRA_CLIENT_ID is set: the app does not see WEBSITE_AUTH_ENABLED. \
infra/README.md, \"Staff sign-in\", says what to do."
  elif [ -n "$reason" ]; then
    fault "Not ready: $reason The program runs; look at that part of it, then at the failed requests in Application Insights."
  else
    answers=no
    fault "The app does not answer (HTTP $status at /health/ready): the program does not start. Application Insights has the reason among \
exceptions and traces; a setting that is wrong has a line of its own there."
  fi
}

# Nobody is let in by a header of their own making.
try_made_up_sign_in() {
  principal=$(printf '%s' '{"auth_typ":"aad","claims":[{"typ":"oid","val":"smoke-test"},{"typ":"roles","val":"Administrator"}]}' |
    base64 | tr -d '\n')
  get --header "X-MS-CLIENT-PRINCIPAL: $principal" "$SERVICE_APP_ENDPOINT_URL/api/policies"
  case "$status" in
    401 | 403) good "A made-up sign-in is refused." ;;
    200) fault "A MADE-UP SIGN-IN IS BELIEVED: anybody can be an administrator. Stop the app now: az functionapp stop \
--subscription $AZURE_SUBSCRIPTION_ID --resource-group $AZURE_RESOURCE_GROUP --name $SERVICE_APP_NAME" ;;
    *) fault "Whether a made-up sign-in is refused could not be seen (HTTP $status at /api/policies)." ;;
  esac
}

hook="$SERVICE_APP_ENDPOINT_URL/hooks/email-delivery"

look_at_event_grid() {
  group="/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP"
  topic="$group/providers/Microsoft.EventGrid/systemTopics/$AZURE_EVENT_GRID_TOPIC_NAME"
  if ask rest --method get --url "$topic/eventSubscriptions/email-delivery?api-version=2025-02-15" \
    --query '[properties.provisioningState, properties.destination.properties.endpointBaseUrl]' --output tsv &&
    [ "$(answer | tr '\t\n' '  ')" = "Succeeded $hook " ]; then
    good "Event Grid has tried the app, and posts delivery reports to it."
  else
    fault "Event Grid does not post delivery reports to $hook: emails go out, but bounces stay unknown. Run infra/hooks/after-deployment.sh"
  fi
}

post_report() {
  get --header 'Content-Type: application/json' --data-binary "@$folder/report" "$@"
}

# A report of an email that nobody sent, and so old that the app does not wait for its sending: it looks, finds nothing, and writes nothing.
try_delivery_report() {
  if ! ask keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name delivery-secret --query value --output tsv; then
    fault "The delivery secret can't be read from the vault $AZURE_KEY_VAULT_NAME, so no report was tried. \
Whoever runs this needs the role Key Vault Secrets Officer on it; a vault on a private network is reached from \
inside it, and from ESCALATION_VAULT_ADDRESSES."
    return
  fi
  printf 'url = "%s?secret=%s"\n' "$hook" "$(answer)" > "$folder/with-secret"
  cat > "$folder/report" <<'END'
[{ "id": "smoke-test", "subject": "smoke-test", "dataVersion": "1.0", "eventTime": "2020-01-01T00:00:00Z",
   "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
   "data": { "messageId": "00000000-0000-0000-0000-000000000000", "status": "Delivered" } }]
END
  post_report --config "$folder/with-secret"
  case "$status" in
    200) good "A delivery report arrives: the app took one with the vault's secret, and asked the database whose it is." ;;
    404) fault "The app does not know the vault's delivery secret. Run infra/hooks/secrets.sh; \
after a rotation, infra/hooks/rotate.sh delivery" ;;
    *) fault "The app could not take a delivery report (HTTP $status): \
look at the failed requests of EmailDelivery in Application Insights." ;;
  esac
  post_report "$hook?secret=none"
  [ "$status" = 404 ] || fault "A delivery report without the secret is not turned away (HTTP $status)."
}

echo "Looking at $SERVICE_APP_ENDPOINT_URL"
look_at_secrets
look_at_functions
look_at_readiness
look_at_event_grid
if [ "$answers" = yes ]; then
  try_made_up_sign_in
  try_delivery_report
fi
note "Not shown: that Communication Services sends, and reports. The first real email shows it: infra/README.md, \"The first escalation\"."
[ "$faults" -eq 0 ] || fail "$faults of these want mending; then run this again: infra/hooks/smoke.sh"
echo "What was deployed works, as far as can be seen from outside."
