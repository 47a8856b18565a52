#!/bin/sh
# Subscribes the deployed app to the delivery reports of its emails. Run again, it changes nothing.
set -eu
: "${AZURE_RESOURCE_GROUP:?}" "${AZURE_EVENT_GRID_TOPIC_NAME:?}" "${AZURE_KEY_VAULT_NAME:?}" "${SERVICE_APP_ENDPOINT_URL:?}"

# Event Grid tries the webhook and waits half a minute for it; an app that is just starting, or taking up a new secret, may need longer.
tries=0
until az deployment group create \
  --resource-group "$AZURE_RESOURCE_GROUP" \
  --name delivery-reports \
  --template-file "$(dirname "$0")/../delivery-reports.bicep" \
  --parameters topicName="$AZURE_EVENT_GRID_TOPIC_NAME" vaultName="$AZURE_KEY_VAULT_NAME" appUrl="$SERVICE_APP_ENDPOINT_URL" \
  --output none
do
  tries=$((tries + 1))
  [ "$tries" -lt 5 ] || { echo "Event Grid does not reach the app; emails go out, but bounces stay unknown. Run this again: $0" >&2; exit 1; }
  sleep "${ESCALATION_HOOK_WAIT:-30}"
done
