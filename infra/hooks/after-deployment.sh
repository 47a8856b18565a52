#!/bin/sh
# What can be set up only once the code runs: the subscription to the delivery reports of emails (Event Grid tries the webhook when it is
# subscribed), and the alert that the sweep does not run. Run again, it changes nothing that is right.
set -eu
. "$(dirname "$0")/session.sh"
begin
needs_values ESCALATION_AFTER_DEPLOYMENT

# An app that is just starting, or taking up a new secret, may need longer than Event Grid waits.
patiently 10 "Event Grid does not reach the app: emails go out, but bounces stay unknown. \
infra/hooks/smoke.sh says what is wrong; then run this again: $0" \
  deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name after-deployment \
  --template-file "$(dirname "$0")/../after-deployment.bicep" --parameters installation="$ESCALATION_AFTER_DEPLOYMENT" --output none
