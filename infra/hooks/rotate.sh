#!/bin/sh
# Rotates one secret. No hook: run by hand with the values of the azd environment, as infra/README.md says.
#   rotate.sh link-keys   the current key becomes the previous one, a new one signs from now on; links of the one before lapse
#   rotate.sh delivery    a new secret for delivery reports, told to Event Grid as well
set -eu
: "${AZURE_KEY_VAULT_NAME:?}" "${SERVICE_APP_RESOURCE_ID:?}"

file=$(mktemp)
trap 'rm -f "$file"' EXIT
chmod 600 "$file"

store() { az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file "$file" --encoding utf-8 --output none; }
fresh() { openssl rand "-$1" 32 | tr -d '\n' > "$file"; }

case "${1:-}" in
  link-keys)
    az keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name link-key --query value --output tsv | tr -d '\n' > "$file"
    [ -s "$file" ] || { echo "The current link key can't be read; nothing was changed." >&2; exit 1; }
    store link-key-previous
    fresh base64
    store link-key
    ;;
  delivery)
    fresh hex
    store delivery-secret
    ;;
  *)
    echo "usage: rotate.sh link-keys | delivery" >&2
    exit 2
    ;;
esac

az rest --method post --url "$SERVICE_APP_RESOURCE_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
[ "$1" != delivery ] || "$(dirname "$0")/delivery-reports.sh"
