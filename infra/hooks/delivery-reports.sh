#!/bin/sh
# Subscribes the deployed app to the delivery reports of its emails. Run again, it changes nothing.
set -eu
: "${AZURE_RESOURCE_GROUP:?}" "${AZURE_EVENT_GRID_TOPIC_NAME:?}" "${AZURE_KEY_VAULT_NAME:?}" "${SERVICE_APP_ENDPOINT_URL:?}"

az deployment group create \
  --resource-group "$AZURE_RESOURCE_GROUP" \
  --name delivery-reports \
  --template-file "$(dirname "$0")/../delivery-reports.bicep" \
  --parameters topicName="$AZURE_EVENT_GRID_TOPIC_NAME" vaultName="$AZURE_KEY_VAULT_NAME" appUrl="$SERVICE_APP_ENDPOINT_URL" \
  --output none
