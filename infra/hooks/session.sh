# shellcheck shell=sh
# Read by the scripts beside it with a dot, and never run: what azd chose, where az asks, and how a secret is made.
set -eu

umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' HUP INT TERM

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

needs() {
  for tool in "$@"; do
    command -v "$tool" > /dev/null || fail "$tool is not on the PATH; nothing was changed. infra/README.md says what is needed."
  done
}

# As a hook, azd gives the values; by hand, they are asked of azd.
needs_values() {
  if [ -z "${SERVICE_APP_RESOURCE_ID:-}" ] && command -v azd > /dev/null; then
    values=$(azd env get-values --cwd "$(dirname "$0")/../..") || fail "azd has no environment to read values from: azd env select <name>."
    eval "$values"
  fi
  for value in "$@"; do
    eval "[ -n \"\${$value:-}\" ]" || fail "$value is not set. The template gives it: run azd provision, then this again."
  done
}

pause() {
  sleep "${ESCALATION_HOOK_WAIT:-15}"
}

# Every question about a subscription goes through here, so every one names the subscription that azd chose: az may have another as its own.
ask() {
  az "$@" --subscription "$AZURE_SUBSCRIPTION_ID" > "$folder/answer" 2> "$folder/words"
}

# What az answered; az on Windows ends lines with a carriage return, with which no name would be found.
answer() {
  tr -d '\r' < "$folder/answer"
}

# The same, and a stop with what it means when az says no.
must() {
  meaning=$1
  shift
  ask "$@" || give_up "$meaning"
}

# az's own words first.
give_up() {
  cat "$folder/words" >&2
  fail "$@"
}

# A role that was just given takes some minutes to work, and Azure has bad moments.
patiently() {
  tries=$1
  meaning=$2
  shift 2
  until ask "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || give_up "$meaning"
    pause
  done
}

begin() {
  needs az
  needs_values AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP SERVICE_APP_NAME SERVICE_APP_RESOURCE_ID
  case $(printf '%s' "$SERVICE_APP_RESOURCE_ID" | tr '[:upper:]' '[:lower:]') in
    "/subscriptions/$(printf '%s' "$AZURE_SUBSCRIPTION_ID" | tr '[:upper:]' '[:lower:]')/"*) ;;
    *) fail "azd chose the subscription $AZURE_SUBSCRIPTION_ID, and the app is in another: $SERVICE_APP_RESOURCE_ID. Nothing was changed." \
        "If the environment was moved, run azd provision first." ;;
  esac
  must "az does not reach the subscription $AZURE_SUBSCRIPTION_ID that azd chose; nothing was changed. \
Sign az in to its tenant: az login --tenant ${AZURE_TENANT_ID:-<tenant>}" \
    account show --query id --output tsv
}

# --- Key Vault ---

# A secret is 32 random bytes: in base64 44 characters, or 64 hexadecimal digits where it stands in an address.
is_base64() { LC_ALL=C grep -Eqx '[A-Za-z0-9+/]{43}=' "$1"; }
is_hex() { LC_ALL=C grep -Eqx '[0-9a-f]{64}' "$1"; }

# make KIND FILE: a new secret, looked at before anybody stores it. A pipe would hide that openssl failed.
make() {
  openssl rand "-$1" 32 > "$folder/made" || fail "openssl made no random bytes; no secret was changed."
  tr -d '\r\n' < "$folder/made" > "$2"
  "is_$1" "$2" || fail "What openssl made is not 32 bytes in $1; no secret was changed."
}

# store NAME FILE [OPTION…]. A role that was just given may read already, and not write yet.
store() {
  name=$1
  file=$2
  shift 2
  patiently 10 "The vault $AZURE_KEY_VAULT_NAME did not take the secret $name; run this again. \
Where az says that it is deleted but recoverable: az keyvault secret recover --subscription $AZURE_SUBSCRIPTION_ID \
--vault-name $AZURE_KEY_VAULT_NAME --name $name" \
    keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$name" --file "$file" --encoding utf-8 --output none "$@"
}

# --- Key Vault references: settings of the app that stand for secrets ---

references() {
  patiently 5 "The app's Key Vault references can't be read." \
    rest --method get --url "$SERVICE_APP_RESOURCE_ID/config/configreferences/appsettings?api-version=2022-03-01" \
    --query 'value[].[name, properties.status, properties.details]' --output tsv
  answer > "$folder/references"
  [ -s "$folder/references" ] || fail "The app $SERVICE_APP_NAME has no setting that refers to the vault: run azd provision."
}

all_resolved() {
  awk -F '\t' '$2 != "Resolved" { unresolved = 1 } END { exit unresolved }' "$folder/references"
}

# Which, the platform's word for why, and what that means.
unresolved() {
  awk -F '\t' '
    BEGIN {
      means["AccessToKeyVaultDenied"] = "the identity of the app may not read the vault: its role Key Vault Secrets User is missing or " \
        "minutes old, or the network of the vault keeps it out"
      means["SecretNotFound"] = "the vault has no such secret: infra/hooks/secrets.sh makes it"
      means["VaultNotFound"] = "no vault of that name answers the app: look at its name, and at DNS where the network is private"
      means["MSINotEnabled"] = "the app has lost its identity: azd provision gives it again"
      means["InvalidSyntax"] = "the setting is no reference that the platform understands: azd provision writes it again"
      means["FetchTimedOut"] = "the vault did not answer the app in time"
      means["Initialized"] = "the platform has not looked yet"
    }
    $2 != "Resolved" {
      printf "  %s: %s", $1, $2
      if ($2 in means) printf " (%s)", means[$2]
      if ($3 != "" && $3 != "None") printf ". Azure says: %s", $3
      print ""
    }' "$folder/references"
}

# Has the platform read the vault anew, until it has every secret; then starts the app anew, which keeps the values that it began with.
take_up() {
  looks=20
  while :; do
    patiently 5 "The platform could not be asked to read the vault again; run this again." \
      rest --method post --url "$SERVICE_APP_RESOURCE_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
    pause
    references
    ! all_resolved || break
    looks=$((looks - 1))
    [ "$looks" -gt 0 ] || fail "These settings of the app did not get their secrets from the vault $AZURE_KEY_VAULT_NAME:" "$(unresolved)" \
      "The app does not start without them. When the cause is gone, run this again: $0"
  done
  patiently 5 "The platform has the secrets, but the app could not be started anew, and goes on with what it began with: \
az functionapp restart --subscription $AZURE_SUBSCRIPTION_ID --resource-group $AZURE_RESOURCE_GROUP --name $SERVICE_APP_NAME" \
    functionapp restart --resource-group "$AZURE_RESOURCE_GROUP" --name "$SERVICE_APP_NAME" --output none
}
