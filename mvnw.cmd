@echo off
rem Runs the one Maven version this project is built with, on JDK 25: taken if unpacked already, else fetched by the
rem system's mvn through whatever repositories it is configured for.
setlocal
set "VERSION=3.9.12"
set "ROOT=%~dp0"
set "MAVEN_HOME_DIR=%USERPROFILE%\.m2\wrapper\dists\nightjar-maven\%VERSION%"
if not defined JAVA_HOME (
  echo Nightjar needs JDK 25 or newer: set JAVA_HOME to one. 1>&2
  exit /b 4
)
if exist "%MAVEN_HOME_DIR%\bin\mvn.cmd" goto run
where mvn >nul 2>nul
if errorlevel 1 (
  echo mvnw: Maven %VERSION% could not be had: install any Maven, then mvnw fetches %VERSION% through it. 1>&2
  exit /b 4
)
set "DOWNLOAD=%TEMP%\nightjar-maven-%RANDOM%"
mkdir "%DOWNLOAD%"
call mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy "-Dartifact=org.apache.maven:apache-maven:%VERSION%:zip:bin" "-DoutputDirectory=%DOWNLOAD%" 1>&2
if errorlevel 1 exit /b 4
pushd "%DOWNLOAD%"
"%JAVA_HOME%\bin\jar" xf "apache-maven-%VERSION%-bin.zip"
popd
mkdir "%MAVEN_HOME_DIR%\.." 2>nul
move "%DOWNLOAD%\apache-maven-%VERSION%" "%MAVEN_HOME_DIR%" >nul
rmdir /s /q "%DOWNLOAD%"
:run
call "%MAVEN_HOME_DIR%\bin\mvn.cmd" -f "%ROOT%pom.xml" %*
exit /b %ERRORLEVEL%
