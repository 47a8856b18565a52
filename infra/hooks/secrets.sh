#!/bin/sh
# Makes the secrets of the vault that are missing, and changes none that is there: run again, it does nothing. Values go from the random
# source to the vault by a file that only this user can read, and are printed nowhere.
set -eu
: "${AZURE_KEY_VAULT_NAME:?}" "${SERVICE_APP_RESOURCE_ID:?}"

file=$(mktemp)
trap 'rm -f "$file"' EXIT
chmod 600 "$file"

# A role that was just given takes some minutes to work.
tries=0
until known=$(az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv); do
  tries=$((tries + 1))
  [ "$tries" -lt 20 ] || { echo "The vault $AZURE_KEY_VAULT_NAME can't be read: is AZURE_PRINCIPAL_ID whoever runs this?" >&2; exit 1; }
  sleep "${ESCALATION_HOOK_WAIT:-15}"
done

made=0
for name in link-key link-key-previous intake-secret delivery-secret; do
  if printf '%s\n' "$known" | grep -qx "$name"; then
    continue
  fi
  # Keys are 32 bytes in base64; the delivery secret stands in an address, so it is hexadecimal.
  case "$name" in
    delivery-secret) openssl rand -hex 32 ;;
    *) openssl rand -base64 32 ;;
  esac | tr -d '\n' > "$file"
  az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$name" --file "$file" --encoding utf-8 --output none
  echo "Made the secret $name."
  made=$((made + 1))
done

if [ "$made" -gt 0 ]; then
  az rest --method post --url "$SERVICE_APP_RESOURCE_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
fi
