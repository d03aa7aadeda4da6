# Made by labplan from lab "office".
# Run as administrator in desktop. Running it again changes nothing.
# Windows answers no ping by default; this lets it:
#   Set-NetFirewallRule -Name FPS-ICMP4-ERQ-In -Enabled True -Profile Any

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if ($env:COMPUTERNAME -ne 'desktop') { Rename-Computer -NewName 'desktop' -ErrorAction Continue }

$adapter = Get-NetAdapter | Where-Object MacAddress -eq '08-00-27-AA-00-05'
if (-not $adapter) { throw 'no adapter has the address 08-00-27-AA-00-05' }
if ($adapter.Name -ne 'lan1') { Rename-NetAdapter -InputObject $adapter -NewName 'lan1' }
Set-NetIPInterface -InterfaceAlias 'lan1' -AddressFamily IPv4 -Dhcp Disabled
Get-NetIPAddress -InterfaceAlias 'lan1' -AddressFamily IPv4 -PrefixOrigin Manual -ErrorAction SilentlyContinue | Where-Object IPAddress -ne '192.168.57.3' | Remove-NetIPAddress -Confirm:$false
if (-not (Get-NetIPAddress -InterfaceAlias 'lan1' -IPAddress '192.168.57.3' -ErrorAction SilentlyContinue)) { New-NetIPAddress -InterfaceAlias 'lan1' -IPAddress '192.168.57.3' -PrefixLength 24 | Out-Null }
